package com.gogogoapi.proxy.console;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.access.CheckedText;
import com.gogogoapi.contracts.access.OperatorSecretText;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.keys.SettingsOperators;
import com.gogogoapi.proxy.keys.SignedInOperators;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import com.gogogoapi.proxy.session.OwnPages;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets the console call the operators' routes as the operator who is signed in. Every request of it, whatever it does, has the
 * session's token for pages of ours: by the cookie alone nothing opens. The account-service is asked each time, so that an operator
 * who was revoked, got another secret or lost a role is so with the next request.
 */
@Component
class OperatorSessions implements SignedInOperators {

    private static final CheckedText TOKENS = new CheckedText("os-gogogo-");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SESSIONS = "/internal/operator-sessions";
    private static final int REFUSED = 403;

    private final InstallationServices services;
    private final SettingsOperators settings;
    private final CallRates rates;

    OperatorSessions(InstallationServices services, SettingsOperators settings, CallRates rates) {
        this.services = services;
        this.settings = settings;
        this.rates = rates;
    }

    /**
     * A session that is not over.
     *
     * @param token which is in the browser's cookie and nowhere else
     * @param expiresAt unless it is used again
     */
    record Living(String token, Operator operator, Instant expiresAt) {}

    @Override
    public Optional<Operator> operator(HttpServletRequest request) {
        return OperatorCookie.of(request).map(token -> {
            rates.requirePublicRead(request.getRemoteAddr());
            OwnPages.requireToken(request, token);
            return living(token).orElseThrow(OperatorSessions::over).operator();
        });
    }

    private static ApiError over() {
        return ApiError.other(
                401, "authentication_error", "session_over", "The session must not be over: sign in again.");
    }

    /** The session of that token; empty if it is over. */
    Optional<Living> living(String token) {
        if (!TOKENS.isWhole(token)) {
            return Optional.empty();
        }
        try {
            var told = read(services.post(Service.ACCOUNT, SESSIONS + "/use", Map.of(), body(ofToken(token)))
                    .body());
            var proof = told.path("proof");
            return proof.isMissingNode()
                    ? Optional.of(
                            living(token, Operator.named(told.path("operator").asString(), told.path("roles")), told))
                    : settings.proven(token, HexFormat.of().parseHex(proof.asString()))
                            .map(operator -> living(token, operator, told));
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == REFUSED) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static Living living(String token, Operator operator, JsonNode told) {
        return new Living(token, operator, Instant.parse(told.path("expires_at").asString()));
    }

    /**
     * Begins a session, with a token of its own: one that a browser came with is never taken on.
     *
     * @param secret with which he signs in
     */
    Living begin(Operator operator, String secret, HttpServletRequest request) {
        var token = TOKENS.generate(RANDOM);
        var asked = ofToken(token);
        asked.put("operator", operator.name());
        settings.proof(operator, token)
                .ifPresentOrElse(
                        proof -> asked.put("proof", HexFormat.of().formatHex(proof)),
                        () -> asked.put("secret_hash", OperatorSecretText.hash(secret)));
        var told = services.post(Service.ACCOUNT, SESSIONS, by(operator.name(), request), body(asked));
        return living(token, operator, read(told.body()));
    }

    void end(Living session, HttpServletRequest request) {
        services.post(
                Service.ACCOUNT,
                SESSIONS + "/end",
                by(session.operator().name(), request),
                body(ofToken(session.token())));
    }

    private static Map<String, String> by(String operator, HttpServletRequest request) {
        return Map.of(
                ServiceHeaders.OPERATOR, operator,
                ServiceHeaders.CLIENT_ADDRESS, request.getRemoteAddr(),
                ServiceHeaders.REQUEST, RequestIdFilter.of(request).toString());
    }

    private static Map<String, String> ofToken(String token) {
        return new HashMap<>(Map.of("token_hash", HexFormat.of().formatHex(CheckedText.sha256(token))));
    }

    private static byte[] body(Map<String, String> fields) {
        return JsonMapper.shared().writeValueAsBytes(fields);
    }

    private static JsonNode read(byte[] json) {
        return JsonMapper.shared().readTree(json);
    }
}
