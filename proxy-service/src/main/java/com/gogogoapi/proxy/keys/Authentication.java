package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.keys.ApiKeys.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells who calls, or refuses with 401. */
@Component
public class Authentication {

    private static final String SCHEME = "Bearer ";

    private final ApiKeys keys;
    private final byte[] operatorToken;
    private final byte[] auditorToken;

    Authentication(ApiKeys keys, ProxyProperties properties) {
        this.keys = keys;
        this.operatorToken = properties.operatorToken().getBytes(StandardCharsets.UTF_8);
        this.auditorToken = properties.auditorToken().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ApiError 401 without a valid API key */
    public Caller caller(HttpServletRequest request) {
        var key = bearer(request)
                .orElseThrow(() ->
                        ApiError.invalidApiKey("An API key must be sent as 'Authorization: Bearer sk-gogogo-…'."));
        return keys.callerOf(key)
                .orElseThrow(() ->
                        ApiError.invalidApiKey("The API key must be valid: this one is unknown, revoked or expired."));
    }

    /** For what changes something. @throws ApiError 401 without the operator token */
    public void requireOperator(HttpServletRequest request) {
        var token = bearer(request)
                .orElseThrow(
                        () -> ApiError.invalidApiKey("The operator token must be sent as 'Authorization: Bearer …'."));
        if (!is(token, operatorToken)) {
            throw ApiError.invalidApiKey("The token must be the operator's.");
        }
    }

    /** For what only reads. @throws ApiError 401 without the operator's or the auditor's token */
    public void requireReader(HttpServletRequest request) {
        var token = bearer(request)
                .orElseThrow(() -> ApiError.invalidApiKey(
                        "The operator's or the auditor's token must be sent as 'Authorization: Bearer …'."));
        // An installation without an auditor has an empty token, which opens nothing.
        var isAuditor = is(token, auditorToken) && auditorToken.length > 0;
        if (!is(token, operatorToken) && !isAuditor) {
            throw ApiError.invalidApiKey("The token must be the operator's or the auditor's.");
        }
    }

    /** In time that does not depend on how much of it is right. */
    private static boolean is(String token, byte[] expected) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), expected);
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }
}
