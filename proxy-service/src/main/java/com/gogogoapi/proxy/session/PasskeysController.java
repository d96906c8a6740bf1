package com.gogogoapi.proxy.session;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.FailedGuesses;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.rates.ClientNetwork;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Passkeys of the person whose browser asks, and signing in by one. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class PasskeysController {

    private static final int GUESSES_PER_MINUTE = 20;
    private static final int NOT_BELIEVED = 422;
    private static final int MAX_NAME_CHARS = 100;
    private static final String TOKEN = "token";
    private static final String NAME = "name";
    private static final String CREDENTIAL = "credential";

    private final BrowserSessions sessions;
    private final RequestBodies bodies;
    private final CallRates rates;
    private final FailedGuesses guesses;

    PasskeysController(BrowserSessions sessions, RequestBodies bodies, CallRates rates, Clock clock) {
        this.sessions = sessions;
        this.bodies = bodies;
        this.rates = rates;
        this.guesses = new FailedGuesses(GUESSES_PER_MINUTE, clock);
    }

    /** With what a browser makes one. */
    @PostMapping("/passkeys/options")
    ResponseEntity<Object> optionsOfNew(HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        BodyFields.ofOptional(bodies.read(request));
        var token = OwnPages.requireSession(request);
        return answer(sessions.ask(
                "/internal/passkeys/options",
                FromBrowser.headers(request),
                Map.of(TOKEN, token, "network", ClientNetwork.of(request.getRemoteAddr()))));
    }

    /** What the browser made. */
    @PostMapping("/passkeys")
    ResponseEntity<Object> add(HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        var body = BodyFields.of(bodies.read(request), NAME, CREDENTIAL);
        var name = body.text(NAME, MAX_NAME_CHARS);
        return answer(sessions.ask(
                "/internal/passkeys",
                FromBrowser.headers(request),
                Map.of(TOKEN, OwnPages.requireSession(request), NAME, name, CREDENTIAL, body.node(CREDENTIAL))));
    }

    @DeleteMapping("/passkeys/{passkey}")
    ResponseEntity<Object> remove(@PathVariable String passkey, HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return answer(sessions.ask(
                "/internal/passkeys/removal",
                FromBrowser.headers(request),
                Map.of(TOKEN, OwnPages.requireSession(request), "passkey", passkey)));
    }

    /** With what a browser signs in: whose passkey it will be, nobody says before. */
    @PostMapping("/session/options")
    ResponseEntity<Object> optionsToSignIn(HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        OwnPages.requireNoOther(request);
        BodyFields.ofOptional(bodies.read(request));
        return answer(sessions.ask(
                "/internal/sign-in/passkey-options",
                FromBrowser.headers(request),
                Map.of("network", ClientNetwork.of(request.getRemoteAddr()))));
    }

    /** Signs in by what the passkey signed, always with a session of its own. */
    @PostMapping("/session")
    ResponseEntity<Object> signIn(HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        OwnPages.requireNoOther(request);
        requireMayTry(request);
        var credential = BodyFields.of(bodies.read(request), CREDENTIAL).node(CREDENTIAL);
        var asked = new HashMap<String, Object>(Map.of(CREDENTIAL, credential));
        FromBrowser.describe(request, asked);
        try {
            var begun = sessions.ask("/internal/sign-in/passkey-sessions", FromBrowser.headers(request), asked);
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .header(
                            HttpHeaders.SET_COOKIE,
                            SessionCookie.set(begun.path("session_token").asString()))
                    .body(JsonMapper.shared()
                            .createObjectNode()
                            .put("object", "session")
                            .put("signed_in", true)
                            .put("session_id", begun.path("session_id").asString()));
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == NOT_BELIEVED) {
                guesses.note(request.getRemoteAddr());
            }
            throw refusal;
        }
    }

    private void requireMayTry(HttpServletRequest request) {
        var wait = guesses.heldFor(request.getRemoteAddr());
        if (wait.isPresent()) {
            throw ApiError.rateLimited(
                    "Too many passkeys that were not accepted came from this address: none is looked at from there"
                            + " until the minute is over.",
                    wait.get().plusSeconds(1));
        }
    }

    private static ResponseEntity<Object> answer(Object body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
