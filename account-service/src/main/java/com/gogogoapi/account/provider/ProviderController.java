package com.gogogoapi.account.provider;

import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.account.provider.ProviderAttempts.Attempt;
import com.gogogoapi.account.signin.SigningIn;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signing in with the provider, for the proxy, which has the browser. */
@RestController
class ProviderController {

    private static final int MAX_TOKEN_CHARS = 200;
    private static final int MAX_CODE_CHARS = 2_000;
    private static final int MAX_NETWORK_CHARS = 100;
    private static final int MAX_BROWSER_CHARS = 200;
    private static final String NETWORK = "network";
    private static final String STATE = "state";
    private static final String CODE = "code";
    private static final String BEFORE = "before";
    private static final String BROWSER = "browser";

    private final OpenIdProvider provider;
    private final ProviderAttempts attempts;
    private final SigningIn signingIn;

    ProviderController(OpenIdProvider provider, ProviderAttempts attempts, SigningIn signingIn) {
        this.provider = provider;
        this.attempts = attempts;
        this.signingIn = signingIn;
    }

    /** {@code {"network"}}: where the browser goes, and the state that it comes back with. */
    @PostMapping("/internal/sign-in/provider")
    Map<String, Object> begin(@RequestBody byte[] json) {
        var network = BodyFields.of(json, NETWORK).text(NETWORK, MAX_NETWORK_CHARS);
        requireProvider();
        var state = new State();
        var nonce = new Nonce();
        var verifier = new CodeVerifier();
        var location = provider.whereTo(state, nonce, verifier);
        attempts.begin(state.getValue(), new Attempt(nonce.getValue(), verifier.getValue()), network);
        return Map.of("location", location.toString(), STATE, state.getValue());
    }

    /** {@code {"state","code"}} that it came back with, the {@code "browser"}, and {@code "before"}. */
    @PostMapping("/internal/sign-in/provider-sessions")
    Map<String, Object> end(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, STATE, CODE, BEFORE, BROWSER);
        requireProvider();
        var before = body.optionalText(BEFORE, MAX_TOKEN_CHARS);
        var browser = body.optionalText(BROWSER, MAX_BROWSER_CHARS);
        var attempt = attempts.end(body.text(STATE, MAX_TOKEN_CHARS))
                .orElseThrow(() -> ApiError.conflict(
                        "provider_attempt_over",
                        STATE,
                        "state must be of a sign-in that began at most " + ProviderAttempts.VALID.toMinutes()
                                + " minutes ago and did not end yet."));
        var shown = provider.shown(body.text(CODE, MAX_CODE_CHARS), attempt);
        var begun = signingIn.beginVerified(
                EmailAddress.parse("email", shown.email()),
                "by the provider as " + shown.subject(),
                before == null ? "" : before,
                Actor.of(request),
                browser == null ? "unknown" : browser);
        return Map.of(
                "session_token", begun.token(), "session_id", begun.session().sessionId());
    }

    private void requireProvider() {
        if (!provider.isThere()) {
            throw ApiError.notFound("There is no provider to sign in with.");
        }
    }
}
