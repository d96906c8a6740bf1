package com.gogogoapi.proxy.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.keys.KeyChanges;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Passes requests on to the account-service: body and query as they came, and who it is that asks, which the caller of this
 * has made sure of. The account-service writes its own audit trail.
 */
@Component
public class AccountRequests {

    private static final String ROOT = "/internal/accounts";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String ID_FORM = "[A-Za-z0-9_-]{1,100}";

    private final InstallationServices services;
    private final RequestBodies bodies;
    private final KeyChanges changes;

    AccountRequests(InstallationServices services, RequestBodies bodies, KeyChanges changes) {
        this.services = services;
        this.bodies = bodies;
        this.changes = changes;
    }

    /**
     * Passes one on.
     *
     * @param actor who asks: an operator's name
     * @param path of the account-service, made of ids that were checked
     */
    public ResponseEntity<byte[]> pass(String actor, String path, HttpServletRequest request) throws IOException {
        return pass(new HashMap<>(Map.of(ServiceHeaders.OPERATOR, actor)), path, request);
    }

    /** The same with a key, of a member or of the account itself. */
    public ResponseEntity<byte[]> pass(Caller caller, String path, HttpServletRequest request) throws IOException {
        var headers = new HashMap<>(caller.headers());
        headers.put(ServiceHeaders.OPERATOR, caller.keyId());
        return pass(headers, path, request);
    }

    private ResponseEntity<byte[]> pass(Map<String, String> headers, String path, HttpServletRequest request)
            throws IOException {
        headers.put(ServiceHeaders.CLIENT_ADDRESS, request.getRemoteAddr());
        headers.put(ServiceHeaders.REQUEST, RequestIdFilter.of(request).toString());
        var reason = Operator.reasonOf(request);
        if (reason != null) {
            headers.put(ServiceHeaders.REASON, URLEncoder.encode(reason, UTF_8));
        }
        var idempotencyKey = request.getHeader(IDEMPOTENCY_KEY);
        if (idempotencyKey != null) {
            headers.put(IDEMPOTENCY_KEY, idempotencyKey);
        }
        // What only the head is asked of is read like any other.
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        var answer = services.send(
                Service.ACCOUNT,
                method,
                path + query(request),
                headers,
                takesABody(request) ? orEmptyText(bodies.read(request)) : new byte[0]);
        if (!method.equals("GET")) {
            changes.lookNow();
        }
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }

    /** As it came, if it can be passed on at all; which parameters there may be is checked before. */
    private static String query(HttpServletRequest request) {
        var query = request.getQueryString();
        if (query == null) {
            return "";
        }
        try {
            return "?" + new URI("/?" + query).getRawQuery();
        } catch (URISyntaxException e) {
            throw ApiError.invalidRequest(null, "The address must have a well-formed query.");
        }
    }

    private static boolean takesABody(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    /** A missing body is passed on as one that is no JSON, to be refused in its own words. */
    private static byte[] orEmptyText(byte[] body) {
        return body.length > 0 ? body : new byte[] {' '};
    }

    /** Where the accounts are. */
    public static String root() {
        return ROOT;
    }

    /** @throws ApiError 404 if the text cannot be an account's id */
    public static String pathOf(String account) {
        if (!AccountId.isValid(account)) {
            throw ApiError.notFound("There is no such account.");
        }
        return ROOT + "/" + account;
    }

    /** Where a member is within an account. @throws ApiError 404 if the text cannot be a member's id */
    public static String member(String member) {
        return "/members/" + checked(member, "This account has no such member.");
    }

    /** Where an invitation is within an account. @throws ApiError 404 if the text cannot be an invitation's id */
    public static String invitation(String invitation) {
        return "/invitations/" + checked(invitation, "This account has no such invitation.");
    }

    private static String checked(String id, String isNone) {
        if (!id.matches(ID_FORM)) {
            throw ApiError.notFound(isNone);
        }
        return id;
    }

    /** @throws ApiError 404 if the text cannot be a key's id */
    public static String pathOf(String account, String keyId) {
        return pathOf(account) + "/keys/" + checked(keyId, "This account has no such key.");
    }
}
