package com.gogogoapi.account.passkeys;

import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.passkeys.Challenges.Purpose;
import com.gogogoapi.account.passkeys.PasskeyRows.Passkey;
import com.gogogoapi.account.people.People;
import com.gogogoapi.account.signin.SigningIn;
import com.gogogoapi.account.signin.WebSessions.WebSession;
import com.gogogoapi.chassis.errors.ApiError;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;

/**
 * Adds passkeys and believes what they sign: for this site alone, what was asked a moment ago, by a device that has made sure of
 * its user. Which make a device is nobody asks: what it attests of itself is not looked at.
 */
@Service
class Passkeys {

    /** Of a person. */
    static final int MAX_OF_PERSON = 10;

    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);
    private static final boolean USER_VERIFIED = true;

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);
    private final PasskeyRows rows;
    private final Challenges challenges;
    private final RelyingParty relyingParty;
    private final People people;
    private final SigningIn signingIn;
    private final TransactionTemplate transaction;

    Passkeys(
            PasskeyRows rows,
            Challenges challenges,
            RelyingParty relyingParty,
            People people,
            SigningIn signingIn,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.challenges = challenges;
        this.relyingParty = relyingParty;
        this.people = people;
        this.signingIn = signingIn;
        this.transaction = transaction;
    }

    List<Passkey> of(UUID person) {
        return rows.of(person);
    }

    /** @throws ApiError 422 if the person has as many as anybody may */
    void requireRoom(UUID person) {
        if (rows.of(person).size() >= MAX_OF_PERSON) {
            throw ApiError.conflict(
                    "too_many_passkeys",
                    null,
                    "A person must have at most " + MAX_OF_PERSON + " passkeys: remove one.");
        }
    }

    /**
     * Adds one to the session's person.
     *
     * @param answer of the browser
     * @throws ApiError 422 if it is not believed, or there are enough
     */
    Passkey add(WebSession session, String name, Answer answer, Actor actor) {
        var said = parsed(answer.ofNew(), webAuthn::parse);
        var challenge = taken(said.getCollectedClientData(), Purpose.REGISTER, session.sessionId());
        verified(() -> webAuthn.verify(
                said, new RegistrationParameters(asked(challenge), PasskeyOptions.ALGORITHMS, USER_VERIFIED)));
        return written(() -> {
            people.lock(session.person());
            requireRoom(session.person());
            var added = add(session.person(), name, said);
            signingIn.record(session.person(), actor, "add-passkey", added.passkeyId() + " " + name);
            return added;
        });
    }

    private Passkey add(UUID person, String name, RegistrationData said) {
        var authenticator = said.getAttestationObject() == null
                ? null
                : said.getAttestationObject().getAuthenticatorData();
        var credential = authenticator == null ? null : authenticator.getAttestedCredentialData();
        if (authenticator == null || credential == null) {
            throw notBelieved();
        }
        try {
            return rows.add(
                    person,
                    name,
                    credential.getCredentialId(),
                    credentials.convert(credential),
                    authenticator.getSignCount(),
                    authenticator.isFlagBE(),
                    authenticator.isFlagBS());
        } catch (DuplicateKeyException e) {
            throw ApiError.conflict("passkey_known", null, "The passkey must be a new one: this one is known already.")
                    .becauseOf(e);
        }
    }

    /**
     * Whose passkey has signed.
     *
     * @param session that asks, whose person it must be; null to sign in
     * @param answer of the browser
     * @throws ApiError 422 if it is not believed
     */
    UUID person(@Nullable WebSession session, Answer answer) {
        var said = parsed(answer.ofKnown(), webAuthn::parse);
        var challenge = taken(
                said.getCollectedClientData(),
                session == null ? Purpose.SIGN_IN : Purpose.CONFIRM,
                session == null ? null : session.sessionId());
        return written(() -> {
            var passkey = rows.lockedBy(said.getCredentialId())
                    .filter(known -> session == null || known.person().equals(session.person()))
                    .orElseThrow(Passkeys::notBelieved);
            var record = record(passkey);
            // Verifies the signature, the site, the user, and that no device has counted less than before.
            verified(() ->
                    webAuthn.verify(said, new AuthenticationParameters(asked(challenge), record, null, USER_VERIFIED)));
            requireOwner(said, passkey);
            rows.used(passkey, record.getCounter(), Boolean.TRUE.equals(record.isBackedUp()));
            return passkey.person();
        });
    }

    /** Whom the device takes its user for, it says where it has chosen the passkey itself. */
    private static void requireOwner(AuthenticationData said, Passkey passkey) {
        var handle = said.getUserHandle();
        if (handle != null && handle.length > 0 && !PasskeyOptions.isHandle(handle, passkey.person())) {
            throw notBelieved();
        }
    }

    private CredentialRecordImpl record(Passkey passkey) {
        return new CredentialRecordImpl(
                null,
                USER_VERIFIED,
                passkey.backupEligible(),
                passkey.backedUp(),
                passkey.signCount(),
                credentials.convert(passkey.credential()),
                null,
                null,
                null,
                null);
    }

    /** @throws ApiError 404 if the person has no such passkey */
    void remove(UUID person, String passkeyId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            var removed =
                    rows.remove(person, passkeyId).orElseThrow(() -> ApiError.notFound("You have no such passkey."));
            signingIn.record(person, actor, "remove-passkey", removed.passkeyId() + " " + removed.name());
        });
    }

    private ServerProperty asked(Challenge challenge) {
        var site = relyingParty.site();
        return new ServerProperty(site.origin(), site.id(), challenge);
    }

    private <T> T written(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    /** What the library makes of bytes that are none of the kind it tells by many exceptions, all of them alike to us. */
    private static <R, T> T parsed(R request, Function<R, T> parse) {
        try {
            return parse.apply(request);
        } catch (WebAuthnException | JacksonException | BufferUnderflowException | IllegalArgumentException e) {
            throw notBelieved().becauseOf(e);
        }
    }

    private Challenge taken(@Nullable CollectedClientData data, Purpose purpose, @Nullable String sessionId) {
        var said = data == null ? null : data.getChallenge();
        if (said == null || !challenges.take(said.getValue(), purpose, sessionId)) {
            throw ApiError.conflict(
                    "passkey_challenge_over",
                    null,
                    "What the passkey has signed must be what was asked for it, once and within "
                            + Challenges.VALID.toMinutes() + " minutes: try again.");
        }
        return new DefaultChallenge(said.getValue());
    }

    private static void verified(Runnable check) {
        try {
            check.run();
        } catch (WebAuthnException e) {
            log.warn("A passkey is not believed: {}", e.toString());
            throw notBelieved().becauseOf(e);
        }
    }

    /** The same whatever it is: who tries needs not be told how far he got. */
    private static ApiError notBelieved() {
        return ApiError.conflict(
                "passkey_not_accepted",
                null,
                "The passkey must be one of yours for this site, used with its device's lock, fingerprint, face or PIN.");
    }
}
