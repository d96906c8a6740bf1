package com.gogogoapi.evidence.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A private key with its public one. As text, for a configuration or a secrets file: both in Base64 (PKCS #8 and X.509)
 * with a full stop between.
 */
public final class SigningKey {

    private final PrivateKey key;
    private final VerifyingKey verifyingKey;

    private SigningKey(PrivateKey key, VerifyingKey verifyingKey) {
        this.key = key;
        this.verifyingKey = verifyingKey;
    }

    /** A new key as text. */
    public static String generate() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var base64 = Base64.getEncoder();
            return base64.encodeToString(pair.getPrivate().getEncoded())
                    + "."
                    + base64.encodeToString(pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has Ed25519", e);
        }
    }

    /** @throws IllegalArgumentException unless it is such a text and the two keys belong together */
    public static SigningKey parse(String text) {
        var point = text.indexOf('.');
        if (point < 0) {
            throw new IllegalArgumentException("A signing key must be two keys with a full stop between them.");
        }
        try {
            var base64 = Base64.getDecoder();
            var key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(base64.decode(text.substring(0, point))));
            var parsed = new SigningKey(key, VerifyingKey.ofEncoded(base64.decode(text.substring(point + 1))));
            if (!parsed.verifyingKey.verifies(parsed.sign("trial"))) {
                throw new IllegalArgumentException("The private and the public key must belong together.");
            }
            return parsed;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The private key must be an Ed25519 key.", e);
        }
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    public SignedText sign(String payload) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(payload.getBytes(UTF_8));
            return new SignedText(payload, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that signed before signs again", e);
        }
    }
}
