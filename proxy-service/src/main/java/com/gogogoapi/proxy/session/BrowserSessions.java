package com.gogogoapi.proxy.session;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.keys.SignedIn;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a page of ours call the public API as the member who is signed in. The page says for which of his accounts in {@code
 * X-Account}: no form, link or image of another site can, so that a cookie by itself opens nothing. The account-service is
 * asked each time, so that a session that was ended and a role that was taken away are so with the next request.
 */
@Component
class BrowserSessions implements SignedIn {

    static final String ACCOUNT = "X-Account";

    private static final int REFUSED = 403;
    private static final String OVER = "session_over";

    private final InstallationServices services;

    BrowserSessions(InstallationServices services) {
        this.services = services;
    }

    @Override
    public Optional<Caller> caller(HttpServletRequest request) {
        var account = request.getHeader(ACCOUNT);
        return account == null
                ? Optional.empty()
                : SessionCookie.of(request).map(token -> caller(request, token, account));
    }

    private Caller caller(HttpServletRequest request, String token, String account) {
        if (!AccountId.isValid(account)) {
            throw ApiError.notFound("There is no such account that you are a member of.");
        }
        switch (request.getMethod()) {
            case "GET", "HEAD" -> OwnPages.requireNoOther(request);
            default -> OwnPages.requireToken(request, token);
        }
        var member = ask("caller", Map.of("token", token, "account", account));
        return Caller.signedIn(
                member.path("session_id").asString(),
                new AccountId(account),
                UUID.fromString(member.path("member_id").asString()),
                MemberRole.valueOf(member.path("role").asString().toUpperCase(Locale.ROOT)),
                // One of before 0.7.0's end says nothing of it, and asked nobody.
                member.path("recently_authenticated").asBoolean(true));
    }

    /** Of whoever is not signed in there is nothing to be asked. */
    @Override
    public void requireRecent(HttpServletRequest request) {
        SessionCookie.of(request).ifPresent(token -> ask("recency", Map.of("token", token)));
    }

    private JsonNode ask(String what, Map<String, ?> body) {
        return ask("/internal/sessions/" + what, Map.of(), body);
    }

    /**
     * Asks the account-service about the session of a browser.
     *
     * @param path of the account-service
     * @param headers for the trail
     * @throws ApiError 401 if the session is over
     */
    JsonNode ask(String path, Map<String, String> headers, Map<String, ?> body) {
        try {
            return JsonMapper.shared()
                    .readTree(services.post(
                                    Service.ACCOUNT,
                                    path,
                                    headers,
                                    JsonMapper.shared().writeValueAsBytes(body))
                            .body());
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == REFUSED && codeOf(refusal).equals(OVER)) {
                throw ApiError.other(401, "authentication_error", OVER, "The session must not be over: sign in again.");
            }
            throw refusal;
        }
    }

    private static String codeOf(ServiceRefusal refusal) {
        return JsonMapper.shared()
                .readTree(refusal.body())
                .path("error")
                .path("code")
                .asString();
    }
}
