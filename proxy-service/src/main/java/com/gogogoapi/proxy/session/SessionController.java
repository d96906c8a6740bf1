package com.gogogoapi.proxy.session;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.rates.CallRates;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The session of the browser that asks: whose it is, and its end. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class SessionController {

    private static final int UNAUTHENTICATED = 401;
    private static final String TOKEN = "token";

    private final BrowserSessions sessions;
    private final CallRates rates;

    SessionController(BrowserSessions sessions, CallRates rates) {
        this.sessions = sessions;
        this.rates = rates;
    }

    /** Whoever is not signed in is told so, which is no error. */
    @GetMapping("/session")
    ResponseEntity<Object> own(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        var token = SessionCookie.of(request);
        if (token.isEmpty()) {
            return answer().body(signedOut());
        }
        try {
            return answer().body(told(token.get()));
        } catch (ApiError e) {
            if (e.status() == UNAUTHENTICATED) {
                return answer().header(HttpHeaders.SET_COOKIE, SessionCookie.clear())
                        .body(signedOut());
            }
            throw e;
        }
    }

    private ObjectNode told(String token) {
        var told = signedOut();
        told.put("signed_in", true);
        sessions.ask("/internal/sessions/person", Map.of(), Map.of(TOKEN, token))
                .properties()
                .forEach(field -> told.set(field.getKey(), field.getValue()));
        told.put("csrf_token", OwnPages.token(token));
        return told;
    }

    private static ObjectNode signedOut() {
        return JsonMapper.shared().createObjectNode().put("object", "session").put("signed_in", false);
    }

    /** Signs out; whoever is not signed in is so already. */
    @DeleteMapping("/session")
    ResponseEntity<Object> end(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        SessionCookie.of(request).ifPresent(token -> {
            OwnPages.requireToken(request, token);
            endIfLiving(token);
        });
        return answer().header(HttpHeaders.SET_COOKIE, SessionCookie.clear()).body(signedOut());
    }

    private void endIfLiving(String token) {
        try {
            sessions.ask("/internal/sessions/end", Map.of(), Map.of(TOKEN, token));
        } catch (ApiError e) {
            if (e.status() != UNAUTHENTICATED) {
                throw e;
            }
        }
    }

    /** Ends another session of the same person. */
    @DeleteMapping("/sessions/{session}")
    ResponseEntity<Object> endOther(@PathVariable String session, HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        var token = SessionCookie.of(request).orElseThrow(() -> ApiError.notFound("You have no such session."));
        OwnPages.requireToken(request, token);
        var asked = new HashMap<>(Map.of(TOKEN, token));
        asked.put("session", session);
        return answer().body(sessions.ask("/internal/sessions/end", Map.of(), asked));
    }

    private static ResponseEntity.BodyBuilder answer() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore());
    }
}
