package com.gogogoapi.account.signin;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.chassis.bodies.BodyFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Links that sign in. */
@RestController
class SignInController {

    private static final int MAX_TOKEN_CHARS = 200;
    private static final int MAX_NETWORK_CHARS = 100;
    private static final int MAX_BROWSER_CHARS = 200;
    private static final String EMAIL = "email";
    private static final String NETWORK = "network";
    private static final String TOKEN = "token";
    private static final String BEFORE = "before";
    private static final String BROWSER = "browser";

    private final SigningIn signingIn;
    private final Accounts accounts;
    private final AuditTrail audit;

    SignInController(SigningIn signingIn, Accounts accounts, AuditTrail audit) {
        this.signingIn = signingIn;
        this.accounts = accounts;
        this.audit = audit;
    }

    /** {@code {"email","network"}}: the answer is the same whoever has the address. */
    @PostMapping("/internal/sign-in/links")
    Map<String, Object> ask(@RequestBody byte[] json) {
        var body = BodyFields.of(json, EMAIL, NETWORK);
        var email = EmailAddress.parse(EMAIL, body.text(EMAIL, EmailAddress.MAX_CHARS));
        signingIn.ask(email, body.text(NETWORK, MAX_NETWORK_CHARS));
        return Map.of("asked", true);
    }

    /** {@code {"token"}} of a link, the {@code "browser"}, and {@code "before"}, the token of the session it had. */
    @PostMapping("/internal/sign-in/sessions")
    Map<String, Object> use(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, TOKEN, BEFORE, BROWSER);
        var before = body.optionalText(BEFORE, MAX_TOKEN_CHARS);
        var browser = body.optionalText(BROWSER, MAX_BROWSER_CHARS);
        var begun = signingIn.use(
                body.text(TOKEN, MAX_TOKEN_CHARS),
                before == null ? "" : before,
                Actor.of(request),
                browser == null ? "unknown" : browser);
        return Map.of(
                "session_token", begun.token(), "session_id", begun.session().sessionId());
    }

    /** {@code {"email"}}: a link for an operator to hand over. */
    @PostMapping("/internal/accounts/{account}/sign-in-links")
    @Transactional
    Map<String, Object> handOver(@PathVariable String account, @RequestBody byte[] json, HttpServletRequest request) {
        var accountId = accounts.existing(account).accountId();
        var email = EmailAddress.parse(EMAIL, BodyFields.of(json, EMAIL).text(EMAIL, EmailAddress.MAX_CHARS));
        var link = signingIn.handOver(accountId, email);
        audit.record(Actor.of(request), "make-sign-in-link", account, email.text(), "until " + link.expiresAt());
        var answer = new LinkedHashMap<String, Object>();
        answer.put(EMAIL, email.text());
        answer.put("link", signingIn.address(link));
        answer.put("expires_at", link.expiresAt());
        return answer;
    }
}
