package com.gogogoapi.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A browser and its device with one passkey, which can also do what a real one would not. */
final class SoftAuthenticator {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 32;

    private final ObjectConverter converter = new ObjectConverter();
    private final KeyPair keys;
    private final byte[] id = new byte[ID_BYTES];
    private String handle = "";

    String origin;
    String site;
    boolean verifiesItsUser = true;
    long count = 1;

    SoftAuthenticator(String origin, String site) throws GeneralSecurityException {
        this.origin = origin;
        this.site = site;
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.keys = generator.generateKeyPair();
        RANDOM.nextBytes(id);
    }

    /** What is answered to PublicKeyCredentialCreationOptionsJSON. */
    ObjectNode make(JsonNode options) throws GeneralSecurityException {
        handle = options.path("user").path("id").asString();
        var key = EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256);
        var data = new AuthenticatorData<RegistrationExtensionAuthenticatorOutput>(
                sha256(site.getBytes(UTF_8)),
                (byte) (flags() | AuthenticatorData.BIT_AT),
                count,
                new AttestedCredentialData(AAGUID.ZERO, id, key));
        var object = new AttestationObjectConverter(converter)
                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
        var answer = answer();
        answer.putObject("response")
                .put("clientDataJSON", base64(clientData("webauthn.create", options)))
                .put("attestationObject", base64(object))
                .putArray("transports");
        return answer;
    }

    /** What is answered to PublicKeyCredentialRequestOptionsJSON. */
    ObjectNode sign(JsonNode options) throws GeneralSecurityException {
        count++;
        var data = new AuthenticatorDataConverter(converter)
                .convert(new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                        sha256(site.getBytes(UTF_8)), flags(), count));
        var client = clientData("webauthn.get", options);
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(sha256(client));
        var answer = answer();
        answer.putObject("response")
                .put("clientDataJSON", base64(client))
                .put("authenticatorData", base64(data))
                .put("signature", base64(signature.sign()))
                .put("userHandle", handle);
        return answer;
    }

    private ObjectNode answer() {
        var answer = JsonMapper.shared().createObjectNode();
        answer.put("id", base64(id)).put("rawId", base64(id)).put("type", "public-key");
        answer.putObject("clientExtensionResults");
        return answer;
    }

    private byte flags() {
        return (byte) (AuthenticatorData.BIT_UP | (verifiesItsUser ? AuthenticatorData.BIT_UV : 0));
    }

    private byte[] clientData(String type, JsonNode options) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", type)
                .put("challenge", options.path("challenge").asString())
                .put("origin", origin)
                .put("crossOrigin", false)
                .toString()
                .getBytes(UTF_8);
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
