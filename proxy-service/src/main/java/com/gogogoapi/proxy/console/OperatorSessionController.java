package com.gogogoapi.proxy.console;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.console.OperatorSessions.Living;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.session.OwnPages;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The session of the operator's browser that asks: its beginning, by the operator's token; whose it is; and its end. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class OperatorSessionController {

    private static final int MAX_TOKEN_CHARS = 1_000;

    private final OperatorSessions sessions;
    private final Authentication authentication;
    private final RequestBodies bodies;
    private final CallRates rates;

    OperatorSessionController(
            OperatorSessions sessions, Authentication authentication, RequestBodies bodies, CallRates rates) {
        this.sessions = sessions;
        this.authentication = authentication;
        this.bodies = bodies;
        this.rates = rates;
    }

    /** Whoever is not signed in is told so, which is no error. */
    @GetMapping("/session")
    ResponseEntity<Object> own(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        var token = OperatorCookie.of(request);
        if (token.isEmpty()) {
            return answer().body(signedOut());
        }
        OwnPages.requireNoOther(request);
        return sessions.living(token.get())
                .map(session -> answer().<Object>body(told(session)))
                .orElseGet(() -> answer().header(HttpHeaders.SET_COOKIE, OperatorCookie.clear())
                        .body(signedOut()));
    }

    /** {@code {"token"}}: signs the operator in whose it is. The session that the browser had ends. */
    @PostMapping("/session")
    ResponseEntity<Object> begin(HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        OwnPages.requireNoOther(request);
        var token = BodyFields.of(bodies.read(request), "token").text("token", MAX_TOKEN_CHARS);
        var operator = authentication.operator(request, token.strip());
        OperatorCookie.of(request).flatMap(sessions::living).ifPresent(before -> sessions.end(before, request));
        var begun = sessions.begin(operator, token.strip(), request);
        return answer().header(HttpHeaders.SET_COOKIE, OperatorCookie.set(begun.token()))
                .body(told(begun));
    }

    /** Signs out; whoever is not signed in is so already. */
    @DeleteMapping("/session")
    ResponseEntity<Object> end(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        OperatorCookie.of(request).ifPresent(token -> {
            OwnPages.requireToken(request, token);
            sessions.living(token).ifPresent(session -> sessions.end(session, request));
        });
        return answer().header(HttpHeaders.SET_COOKIE, OperatorCookie.clear()).body(signedOut());
    }

    private static Map<String, Object> told(Living session) {
        var operator = session.operator();
        var told = signedOut();
        told.put("signed_in", true);
        told.put("name", operator.name());
        told.put("roles", operator.writtenRoles());
        told.put("installation", operator.isInstallations());
        told.put("expires_at", session.expiresAt());
        told.put("csrf_token", OwnPages.token(session.token()));
        return told;
    }

    private static Map<String, Object> signedOut() {
        var told = new LinkedHashMap<String, Object>();
        told.put("object", "operator_session");
        told.put("signed_in", false);
        return told;
    }

    private static ResponseEntity.BodyBuilder answer() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore());
    }
}
