package com.gogogoapi.account.operators;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.operators.OperatorSessions.Credential;
import com.gogogoapi.account.operators.OperatorSessions.Session;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Which operators are signed in, for the proxy, which has the browser's cookie and makes the tokens: this service never sees
 * one. Asked for each request of a browser, so that what was ended, revoked or given another secret is so with the next one.
 */
@RestController
class OperatorSessionsController {

    private static final int HASH_CHARS = 64;
    private static final int MAX_NAME_CHARS = 63;
    private static final String NO_ACCOUNT = "";
    private static final String TOKEN_HASH = "token_hash";
    private static final String OPERATOR = "operator";
    private static final String SECRET_HASH = "secret_hash";
    private static final String PROOF = "proof";

    private final OperatorSessions sessions;
    private final Operators operators;
    private final AuditTrail audit;

    OperatorSessionsController(OperatorSessions sessions, Operators operators, AuditTrail audit) {
        this.sessions = sessions;
        this.operators = operators;
        this.audit = audit;
    }

    /** {@code {"token_hash","operator"}} and either {@code "secret_hash"} or {@code "proof"}: begins one. */
    @PostMapping("/internal/operator-sessions")
    @Transactional
    Map<String, Object> begin(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, TOKEN_HASH, OPERATOR, SECRET_HASH, PROOF);
        var name = body.text(OPERATOR, MAX_NAME_CHARS);
        var secret = body.optionalText(SECRET_HASH, HASH_CHARS);
        var proof = body.optionalText(PROOF, HASH_CHARS);
        if ((secret == null) == (proof == null)) {
            throw ApiError.invalidRequest(null, "A session must stand for a secret or have a proof.");
        }
        if (secret != null
                && operators.withSecret(hex(SECRET_HASH, secret)).stream()
                        .noneMatch(operator -> operator.name().equals(name))) {
            throw sessionOver();
        }
        var session = sessions.begin(
                bytes(TOKEN_HASH, body.text(TOKEN_HASH, HASH_CHARS)),
                name,
                new Credential(bytesOrNull(SECRET_HASH, secret), bytesOrNull(PROOF, proof)));
        audit.record(Actor.of(request), "operator-sign-in", NO_ACCOUNT, name, session.sessionId());
        return told(session);
    }

    /**
     * {@code {"token_hash"}}: whose it is. With {@code "proof"} where the proxy's settings name him, which it has to check.
     *
     * @throws ApiError 403 session_over
     */
    @PostMapping("/internal/operator-sessions/use")
    Map<String, Object> use(@RequestBody byte[] json) {
        return told(sessions.used(tokenHash(json)).orElseThrow(OperatorSessionsController::sessionOver));
    }

    private Map<String, Object> told(Session session) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("session_id", session.sessionId());
        answer.put("expires_at", session.expiresAt());
        answer.put(OPERATOR, session.operator());
        if (session.proof() == null) {
            answer.put("roles", OperatorsController.roles(operators.existing(session.operator())));
        } else {
            answer.put(PROOF, HexFormat.of().formatHex(session.proof()));
        }
        return answer;
    }

    /** {@code {"token_hash"}}: ends it; one that is over stays so. */
    @PostMapping("/internal/operator-sessions/end")
    @Transactional
    Map<String, Object> end(@RequestBody byte[] json, HttpServletRequest request) {
        sessions.end(tokenHash(json))
                .ifPresent(name -> audit.record(Actor.of(request), "operator-sign-out", NO_ACCOUNT, name, ""));
        return Map.of("ended", true);
    }

    private static byte[] tokenHash(byte[] json) {
        return bytes(TOKEN_HASH, BodyFields.of(json, TOKEN_HASH).text(TOKEN_HASH, HASH_CHARS));
    }

    private static byte @Nullable [] bytesOrNull(String field, @Nullable String text) {
        return text == null ? null : bytes(field, text);
    }

    private static byte[] bytes(String field, String text) {
        return HexFormat.of().parseHex(hex(field, text));
    }

    private static String hex(String field, String text) {
        if (!text.matches(OperatorsController.HASH_FORM)) {
            throw ApiError.invalidRequest(field, field + " must be 64 hexadecimal digits.");
        }
        return text;
    }

    /** A refusal that the proxy passes on must not be 401, by which it knows that its own token is not taken. */
    private static ApiError sessionOver() {
        return ApiError.other(
                403, "authentication_error", "session_over", "The session must not be over: sign in again.");
    }
}
