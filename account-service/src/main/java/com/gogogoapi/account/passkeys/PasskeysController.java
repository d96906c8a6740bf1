package com.gogogoapi.account.passkeys;

import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.passkeys.PasskeyRows.Passkey;
import com.gogogoapi.account.signin.OfPerson;
import com.gogogoapi.account.signin.SigningIn;
import com.gogogoapi.account.signin.WebSessions;
import com.gogogoapi.account.signin.WebSessions.WebSession;
import com.gogogoapi.chassis.bodies.BodyFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Passkeys, for the proxy, which has the browser and its cookie. */
@RestController
class PasskeysController implements OfPerson {

    private static final int MAX_TOKEN_CHARS = 200;
    private static final int MAX_ID_CHARS = 100;
    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_NETWORK_CHARS = 100;
    private static final int MAX_BROWSER_CHARS = 200;

    private static final String TOKEN = "token";
    private static final String NAME = "name";
    private static final String NETWORK = "network";
    private static final String BROWSER = "browser";
    private static final String CREDENTIAL = "credential";
    private static final String PASSKEY = "passkey";

    private final Passkeys passkeys;
    private final PasskeyOptions options;
    private final WebSessions sessions;
    private final SigningIn signingIn;

    PasskeysController(Passkeys passkeys, PasskeyOptions options, WebSessions sessions, SigningIn signingIn) {
        this.passkeys = passkeys;
        this.options = options;
        this.sessions = sessions;
        this.signingIn = signingIn;
    }

    @Override
    public String name() {
        return "passkeys";
    }

    @Override
    public List<Map<String, Object>> of(UUID person) {
        return passkeys.of(person).stream().map(PasskeysController::line).toList();
    }

    private static Map<String, Object> line(Passkey passkey) {
        var line = new LinkedHashMap<String, Object>();
        line.put("passkey_id", passkey.passkeyId());
        line.put(NAME, passkey.name());
        line.put("backed_up", passkey.backedUp());
        line.put("created_at", passkey.createdAt());
        if (passkey.lastUsedAt() != null) {
            line.put("last_used_at", passkey.lastUsedAt());
        }
        return line;
    }

    /** {@code {"token","network"}}: what to make one with. */
    @PostMapping("/internal/passkeys/options")
    Map<String, Object> optionsOfNew(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, NETWORK);
        var session = living(body);
        passkeys.requireRoom(session.person());
        return options.ofNew(session, body.text(NETWORK, MAX_NETWORK_CHARS));
    }

    /** {@code {"token","name","credential"}} adds it to the session's person. */
    @PostMapping("/internal/passkeys")
    Map<String, Object> add(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, TOKEN, NAME, CREDENTIAL);
        var session = living(body);
        return line(passkeys.add(session, body.text(NAME, MAX_NAME_CHARS), credential(body), Actor.of(request)));
    }

    /** {@code {"token","passkey"}} removes it. */
    @PostMapping("/internal/passkeys/removal")
    Map<String, Object> remove(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, TOKEN, PASSKEY);
        var session = living(body);
        var passkey = body.text(PASSKEY, MAX_ID_CHARS);
        passkeys.remove(session.person(), passkey, Actor.of(request));
        return Map.of("passkey_id", passkey, "removed", true);
    }

    /** {@code {"network"}}: what to sign in with. */
    @PostMapping("/internal/sign-in/passkey-options")
    Map<String, Object> optionsToSignIn(@RequestBody byte[] json) {
        return options.ofKnown(null, BodyFields.of(json, NETWORK).text(NETWORK, MAX_NETWORK_CHARS));
    }

    /** {@code {"credential"}}, the {@code "browser"}, and {@code "before"}, the token of the session it had. */
    @PostMapping("/internal/sign-in/passkey-sessions")
    Map<String, Object> signIn(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, CREDENTIAL, "before", BROWSER);
        var before = body.optionalText("before", MAX_TOKEN_CHARS);
        var browser = body.optionalText(BROWSER, MAX_BROWSER_CHARS);
        var person = passkeys.person(null, credential(body));
        var begun = signingIn.begin(
                person,
                "by a passkey",
                before == null ? "" : before,
                Actor.of(request),
                browser == null ? "unknown" : browser);
        return Map.of(
                "session_token", begun.token(), "session_id", begun.session().sessionId());
    }

    /** {@code {"token","network"}}: what its person shows once more who he is with. */
    @PostMapping("/internal/passkeys/confirmation/options")
    Map<String, Object> optionsToConfirm(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, NETWORK);
        return options.ofKnown(living(body), body.text(NETWORK, MAX_NETWORK_CHARS));
    }

    /** {@code {"token","credential"}}: what a passkey of his has signed. */
    @PostMapping("/internal/passkeys/confirmation")
    Map<String, Object> confirm(@RequestBody byte[] json) {
        var body = BodyFields.of(json, TOKEN, CREDENTIAL);
        var session = living(body);
        passkeys.person(session, credential(body));
        sessions.authenticated(session);
        return Map.of("session_id", session.sessionId(), "confirmed", true);
    }

    private WebSession living(BodyFields body) {
        return sessions.living(body.text(TOKEN, MAX_TOKEN_CHARS));
    }

    private static Answer credential(BodyFields body) {
        return new Answer(body.node(CREDENTIAL));
    }
}
