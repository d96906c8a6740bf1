package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.OperatorSecretText;
import com.gogogoapi.proxy.rates.CallRates;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells who calls, or refuses. Of a key that this instance has heard of, it asks nobody. */
@Component
public class Authentication {

    private final KeyDirectory directory;
    private final KeyQuestions questions;
    private final KeyUses uses;
    private final OperatorGuard guard;
    private final OperatorQuestions operators;
    private final SettingsOperators settingsOperators;
    private final SignedIn signedIn;
    private final SignedInOperators signedInOperators;
    private final CallRates rates;
    private final Clock clock;

    Authentication(
            KeyDirectory directory,
            KeyQuestions questions,
            KeyUses uses,
            OperatorGuard guard,
            OperatorQuestions operators,
            SettingsOperators settingsOperators,
            SignedIn signedIn,
            SignedInOperators signedInOperators,
            CallRates rates,
            Clock clock) {
        this.directory = directory;
        this.questions = questions;
        this.uses = uses;
        this.guard = guard;
        this.operators = operators;
        this.settingsOperators = settingsOperators;
        this.signedIn = signedIn;
        this.signedInOperators = signedInOperators;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Who calls models.
     *
     * @throws ApiError 401 without a valid API key, 403 if it is not for that or not from there
     */
    public Caller caller(HttpServletRequest request) {
        return caller(request, KeyPurpose.INFERENCE);
    }

    /**
     * Who has something quoted.
     *
     * @throws ApiError as above, and 429 for a key that asks too fast
     */
    public Caller quoter(HttpServletRequest request) {
        var caller = mayQuote(request);
        rates.requireQuote(caller.scopeKeyId());
        return caller;
    }

    /**
     * Who may have something quoted: whoever calls models, and who is signed in with a browser, since a quote reserves nothing.
     *
     * @throws ApiError as above
     */
    public Caller mayQuote(HttpServletRequest request) {
        var caller = anyCaller(request);
        return caller.isSession() ? caller : caller(request);
    }

    /**
     * Who reads what the account may read.
     *
     * @throws ApiError as above
     */
    public Caller reader(HttpServletRequest request) {
        return reading(caller(request));
    }

    /**
     * Who makes and limits the account's keys.
     *
     * @throws ApiError as above
     */
    public Caller manager(HttpServletRequest request) {
        return reading(caller(request, KeyPurpose.MANAGEMENT));
    }

    /**
     * Who reads what every key may read, whatever it is for.
     *
     * @throws ApiError as above
     */
    public Caller anyReader(HttpServletRequest request) {
        return reading(anyCaller(request));
    }

    private Caller reading(Caller caller) {
        rates.requireRead(caller.scopeKeyId());
        return caller;
    }

    private Caller caller(HttpServletRequest request, KeyPurpose purpose) {
        var caller = anyCaller(request);
        if (caller.isSession() && purpose == KeyPurpose.INFERENCE) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "wrong_key_purpose",
                    "A model must be called with an API key: a browser that is signed in calls none.");
        }
        if (caller.purpose() != purpose) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "wrong_key_purpose",
                    purpose == KeyPurpose.INFERENCE
                            ? "The API key must be one for inference; this one manages keys."
                            : "The API key must be a management key; this one is for inference.");
        }
        return caller;
    }

    /** Whoever calls with a valid key, whatever it is for, or is signed in. */
    public Caller anyCaller(HttpServletRequest request) {
        return Caller.known(request).orElseGet(() -> authenticated(request));
    }

    /**
     * The same for an answer that goes on: who calls by now, whatever was known when it began.
     *
     * @throws ApiError as if the request came now
     */
    public Caller callerByNow(HttpServletRequest request) {
        return authenticated(request);
    }

    /**
     * Before what hands out power, or changes who has it. A key is itself what was handed out, and programs have nobody to ask.
     *
     * @throws ApiError 403 step_up_required for a browser whose person has not shown lately who he is
     */
    public void requireRecent(Caller caller) {
        if (caller.isSession() && !caller.isRecent()) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "step_up_required",
                    "Who does this must have shown lately who he is: confirm it by a passkey or a mailed code.");
        }
    }

    /** The same of what a browser's session does for its person himself. @throws ApiError as above */
    public void requireRecent(HttpServletRequest request) {
        signedIn.requireRecent(request);
    }

    /** A key that is sent is what counts, right or wrong, whatever cookies come along. */
    private Caller authenticated(HttpServletRequest request) {
        return Bearer.isSaid(request)
                ? ofKey(request)
                : signedIn.caller(request).orElseGet(() -> ofKey(request));
    }

    private Caller ofKey(HttpServletRequest request) {
        var key = Bearer.orApiKey(request)
                .orElseThrow(() -> ApiError.invalidApiKey(
                        "An API key must be sent as 'Authorization: Bearer sk-gogogo-…' or 'x-api-key: sk-gogogo-…'."));
        if (!ApiKeyText.canBeKey(key)) {
            throw ApiError.invalidApiKey(
                    key.startsWith(ApiKeyText.PREFIX)
                            ? "The API key must be sent as it was shown: this one is mistyped or incomplete, its"
                                    + " checksum does not fit."
                            : "The API key must begin with " + ApiKeyText.PREFIX + ".");
        }
        var hash = KeyHash.of(ApiKeyText.sha256(key));
        var caller = directory
                .find(hash)
                .or(() -> questions.ask(hash))
                .orElseThrow(() -> ApiError.invalidApiKey("The API key must be valid: this one is unknown."));
        caller.requireUsable(clock.instant(), addressOf(request));
        uses.note(caller.keyId());
        return caller;
    }

    /** Without the zone that a link-local one has. */
    private static InetAddress addressOf(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr().replaceFirst("%.*", ""));
    }

    /**
     * For what everybody may read. Who sends a key wants to know whether it is right, and every client's first question is
     * such a one.
     *
     * @throws ApiError 401 if there is a key that is not valid; 429 for a key, or an address without one, that asks too fast
     */
    public void requireNoWrongKey(HttpServletRequest request) {
        if (!Bearer.isSaid(request)) {
            rates.requirePublicRead(request.getRemoteAddr());
        } else {
            anyReader(request);
        }
    }

    /**
     * The operator who calls: with a token, or with a browser that he is signed in with. A token that is sent is what counts,
     * right or wrong, whatever cookies come along.
     *
     * @throws ApiError 401 without an operator's token or session, 403 for a request that no page of ours made, 429 for an
     *     address that guesses, 503 if it cannot be told now
     */
    public Operator operator(HttpServletRequest request) {
        return Bearer.isSaid(request)
                ? ofToken(request)
                : signedInOperators.operator(request).orElseGet(() -> ofToken(request));
    }

    private Operator ofToken(HttpServletRequest request) {
        return guard.require(request, Bearer.of(request).orElse(null), this::operatorOf);
    }

    /**
     * The operator who signs in with a token.
     *
     * @throws ApiError as above
     */
    public Operator operator(HttpServletRequest request, String token) {
        return guard.require(request, token, this::operatorOf);
    }

    private Optional<Operator> operatorOf(String token) {
        return settingsOperators
                .withToken(token)
                .or(() -> OperatorSecretText.canBeSecret(token) ? operators.ask(token) : Optional.empty());
    }
}
