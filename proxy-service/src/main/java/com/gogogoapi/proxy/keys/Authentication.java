package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.keys.ApiKeys.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.stereotype.Component;

/** Tells who calls, or refuses with 401. */
@Component
public class Authentication {

    private final ApiKeys keys;
    private final OperatorGuard guard;
    private final byte[] operatorToken;
    private final byte[] auditorToken;

    Authentication(ApiKeys keys, OperatorGuard guard, ProxyProperties properties) {
        this.keys = keys;
        this.guard = guard;
        this.operatorToken = properties.operatorToken().getBytes(StandardCharsets.UTF_8);
        this.auditorToken = properties.auditorToken().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ApiError 401 without a valid API key */
    public Caller caller(HttpServletRequest request) {
        var key = Bearer.of(request)
                .orElseThrow(() ->
                        ApiError.invalidApiKey("An API key must be sent as 'Authorization: Bearer sk-gogogo-…'."));
        return keys.callerOf(key)
                .orElseThrow(() ->
                        ApiError.invalidApiKey("The API key must be valid: this one is unknown, revoked or expired."));
    }

    /**
     * For what everybody may read. Who sends a key wants to know whether it is right, and every client's first question is
     * such a one.
     *
     * @throws ApiError 401 if there is a key that is not valid
     */
    public void requireNoWrongKey(HttpServletRequest request) {
        if (request.getHeader("Authorization") != null) {
            caller(request);
        }
    }

    /** For what changes something. @throws ApiError 401 without the operator token; 429 for an address that guesses */
    public void requireOperator(HttpServletRequest request) {
        guard.require(request, "The operator's", this::isOperator, this::isAuditor);
    }

    /** For what only reads. @throws ApiError 401 without the operator's or the auditor's token; 429 as above */
    public void requireReader(HttpServletRequest request) {
        guard.require(
                request,
                "The operator's or the auditor's",
                token -> isOperator(token) || isAuditor(token),
                token -> false);
    }

    private boolean isOperator(String token) {
        return is(token, operatorToken);
    }

    /** An installation without an auditor has an empty token, which opens nothing. */
    private boolean isAuditor(String token) {
        return is(token, auditorToken) && auditorToken.length > 0;
    }

    /** In time that does not depend on how much of it is right. */
    private static boolean is(String token, byte[] expected) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), expected);
    }
}
