package com.gogogoapi.account.passkeys;

import com.gogogoapi.account.passkeys.Challenges.Purpose;
import com.gogogoapi.account.passkeys.PasskeyRows.Passkey;
import com.gogogoapi.account.people.People;
import com.gogogoapi.account.signin.WebSessions.WebSession;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a browser is asked, in WebAuthn's own JSON. Passkeys are discoverable: the device names its user, nobody says before who
 * he is, so that nobody learns who has a passkey here.
 */
@Component
class PasskeyOptions {

    /** In the order in which they are preferred: Ed25519, P-256, RSA. */
    static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            parameters(COSEAlgorithmIdentifier.EdDSA),
            parameters(COSEAlgorithmIdentifier.ES256),
            parameters(COSEAlgorithmIdentifier.RS256));

    private static final String SITE = "gogogoapi";

    private final Challenges challenges;
    private final RelyingParty relyingParty;
    private final PasskeyRows rows;
    private final People people;

    PasskeyOptions(Challenges challenges, RelyingParty relyingParty, PasskeyRows rows, People people) {
        this.challenges = challenges;
        this.relyingParty = relyingParty;
        this.rows = rows;
        this.people = people;
    }

    private static PublicKeyCredentialParameters parameters(COSEAlgorithmIdentifier algorithm) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
    }

    /** For a new passkey: PublicKeyCredentialCreationOptionsJSON. */
    Map<String, Object> ofNew(WebSession session, String network) {
        var site = relyingParty.site();
        var person = people.existing(session.person());
        var options = new LinkedHashMap<String, Object>();
        options.put("rp", Map.of("id", site.id(), "name", SITE));
        options.put(
                "user",
                Map.of(
                        "id", base64(handle(person.personId())),
                        "name", person.email(),
                        "displayName", person.name() == null ? person.email() : person.name()));
        options.put("challenge", base64(challenges.give(Purpose.REGISTER, session.sessionId(), network)));
        options.put(
                "pubKeyCredParams",
                ALGORITHMS.stream()
                        .map(one ->
                                Map.of("type", "public-key", "alg", one.getAlg().getValue()))
                        .toList());
        options.put("timeout", Challenges.VALID.toMillis());
        options.put("excludeCredentials", described(rows.of(person.personId())));
        options.put(
                "authenticatorSelection",
                Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"));
        options.put("attestation", "none");
        return Map.of("public_key", options);
    }

    /**
     * For one that is there: PublicKeyCredentialRequestOptionsJSON.
     *
     * @param session whose person is to show once more who he is; null to sign in, where any passkey will do
     */
    Map<String, Object> ofKnown(@Nullable WebSession session, String network) {
        var site = relyingParty.site();
        var challenge = session == null
                ? challenges.give(Purpose.SIGN_IN, null, network)
                : challenges.give(Purpose.CONFIRM, session.sessionId(), network);
        var options = new LinkedHashMap<String, Object>();
        options.put("challenge", base64(challenge));
        options.put("rpId", site.id());
        options.put("timeout", Challenges.VALID.toMillis());
        options.put("allowCredentials", session == null ? List.of() : described(rows.of(session.person())));
        options.put("userVerification", "required");
        return Map.of("public_key", options);
    }

    private static List<Map<String, String>> described(List<Passkey> passkeys) {
        return passkeys.stream()
                .map(passkey -> Map.of("type", "public-key", "id", base64(passkey.credentialId())))
                .toList();
    }

    /** As which a device knows a person: his id, which says nothing of him. */
    private static byte[] handle(UUID person) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(person.getMostSignificantBits())
                .putLong(person.getLeastSignificantBits())
                .array();
    }

    static boolean isHandle(byte[] handle, UUID person) {
        return Arrays.equals(handle, handle(person));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
