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
                MemberRole.valueOf(member.path("role").asString().toUpperCase(Locale.ROOT)));
    }

    /**
     * Asks the account-service.
     *
     * @throws ApiError 401 if the session is over
     */
    JsonNode ask(String what, Map<String, String> body) {
        try {
            return JsonMapper.shared()
                    .readTree(services.post(
                                    Service.ACCOUNT,
                                    "/internal/sessions/" + what,
                                    Map.of(),
                                    JsonMapper.shared().writeValueAsBytes(body))
                            .body());
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == REFUSED) {
                throw ApiError.other(
                        401, "authentication_error", "session_over", "The session must not be over: sign in again.");
            }
            throw refusal;
        }
    }
}
