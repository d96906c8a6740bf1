package com.gogogoapi.account.signin;

import com.gogogoapi.account.people.People;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where the person of a session shows once more who he is, by a code that is mailed to him. */
@RestController
class ConfirmationController {

    private static final int MAX_TOKEN_CHARS = 200;
    private static final int MAX_NETWORK_CHARS = 100;
    private static final int MAX_CODE_CHARS = 40;
    private static final String TOKEN = "token";
    private static final String NETWORK = "network";
    private static final String CODE = "code";

    private final WebSessions sessions;
    private final ConfirmationCodes codes;
    private final SignInLinks brakes;
    private final SignInMail mail;
    private final People people;

    ConfirmationController(
            WebSessions sessions, ConfirmationCodes codes, SignInLinks brakes, SignInMail mail, People people) {
        this.sessions = sessions;
        this.codes = codes;
        this.brakes = brakes;
        this.mail = mail;
        this.people = people;
    }

    /** {@code {"token"}}: whether its person has shown lately enough who he is. @throws ApiError 403 step_up_required if not */
    @PostMapping("/internal/sessions/recency")
    Map<String, Object> recent(@RequestBody byte[] json) {
        var session = sessions.living(BodyFields.of(json, TOKEN).text(TOKEN, MAX_TOKEN_CHARS));
        sessions.requireRecent(session);
        return Map.of("recently_authenticated", true);
    }

    /** {@code {"token","network"}}: mails a code to the session's person. */
    @PostMapping("/internal/sessions/confirmation/code")
    Map<String, Object> mail(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, NETWORK);
        var session = sessions.living(body.text(TOKEN, MAX_TOKEN_CHARS));
        if (!mail.isThere()) {
            throw ApiError.conflict(
                    "mail_unavailable",
                    null,
                    "There must be a mail server for a code: use a passkey, or sign out and in again.");
        }
        var email = people.existing(session.person()).email();
        if (!brakes.ask(email, body.text(NETWORK, MAX_NETWORK_CHARS))) {
            throw ApiError.rateLimited(
                    "At most so many mails must be asked for within a quarter of an hour: use the last code, or wait.",
                    SignInLinks.BRAKES_LOOK_BACK);
        }
        mail.sendCode(email, codes.make(session.sessionId()));
        return Map.of("mailed_to", email);
    }

    /** {@code {"token","code"}}: what was mailed. */
    @PostMapping("/internal/sessions/confirmation")
    Map<String, Object> confirm(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, CODE);
        var session = sessions.living(body.text(TOKEN, MAX_TOKEN_CHARS));
        if (!codes.use(session.sessionId(), body.text(CODE, MAX_CODE_CHARS))) {
            throw ApiError.conflict(
                    "code_not_accepted",
                    CODE,
                    "code must be the last one that was mailed for this session, at most "
                            + ConfirmationCodes.VALID.toMinutes() + " minutes old; after "
                            + ConfirmationCodes.MAX_TRIES + " tries ask for another one.");
        }
        sessions.authenticated(session);
        return Map.of("session_id", session.sessionId(), "confirmed", true);
    }
}
