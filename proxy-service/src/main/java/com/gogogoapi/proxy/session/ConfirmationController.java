package com.gogogoapi.proxy.session;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.rates.ClientNetwork;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where who is signed in shows once more who he is (step-up), by a passkey or a mailed code. The session goes on as it is; only
 * that it was he a moment ago is new.
 */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class ConfirmationController {

    private static final String TOKEN = "token";
    private static final String CREDENTIAL = "credential";
    private static final String CODE = "code";
    private static final int MAX_CODE_CHARS = 40;

    private final BrowserSessions sessions;
    private final RequestBodies bodies;
    private final CallRates rates;

    ConfirmationController(BrowserSessions sessions, RequestBodies bodies, CallRates rates) {
        this.sessions = sessions;
        this.bodies = bodies;
        this.rates = rates;
    }

    /** With what a browser asks for a passkey of its person. */
    @PostMapping("/session/confirmation/options")
    ResponseEntity<Object> options(HttpServletRequest request) throws IOException {
        return begin("/internal/passkeys/confirmation/options", request);
    }

    /** Mails a code to the session's person. */
    @PostMapping("/session/confirmation/code")
    ResponseEntity<Object> mail(HttpServletRequest request) throws IOException {
        return begin("/internal/sessions/confirmation/code", request);
    }

    private ResponseEntity<Object> begin(String path, HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        BodyFields.ofOptional(bodies.read(request));
        var asked =
                Map.of(TOKEN, OwnPages.requireSession(request), "network", ClientNetwork.of(request.getRemoteAddr()));
        return answer(sessions.ask(path, FromBrowser.headers(request), asked));
    }

    /** Either of them. */
    @PostMapping("/session/confirmation")
    ResponseEntity<Object> confirm(HttpServletRequest request) throws IOException {
        rates.requirePublicRead(request.getRemoteAddr());
        var body = BodyFields.of(bodies.read(request), CREDENTIAL, CODE);
        if (body.says(CREDENTIAL) == body.says(CODE)) {
            throw ApiError.invalidRequest(
                    CODE, "There must be either code, what was mailed, or credential, what the passkey has signed.");
        }
        var token = OwnPages.requireSession(request);
        return answer(
                body.says(CODE)
                        ? sessions.ask(
                                "/internal/sessions/confirmation",
                                FromBrowser.headers(request),
                                Map.of(TOKEN, token, CODE, body.text(CODE, MAX_CODE_CHARS)))
                        : sessions.ask(
                                "/internal/passkeys/confirmation",
                                FromBrowser.headers(request),
                                Map.of(TOKEN, token, CREDENTIAL, body.node(CREDENTIAL))));
    }

    private static ResponseEntity<Object> answer(Object body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
