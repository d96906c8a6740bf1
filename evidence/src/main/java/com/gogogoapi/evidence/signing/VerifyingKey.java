package com.gogogoapi.evidence.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.evidence.log.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A public key; its text is PEM, as other programs read it. */
public record VerifyingKey(PublicKey key) {

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int ID_CHARS = 16;

    /** @throws IllegalArgumentException unless it is an Ed25519 public key in PEM */
    public static VerifyingKey parsePem(String pem) {
        var begin = pem.indexOf(BEGIN);
        var end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The public key must be in PEM.");
        }
        return ofEncoded(Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
    }

    /**
     * As {@link #base64} writes it.
     *
     * @throws IllegalArgumentException unless it is an Ed25519 public key
     */
    public static VerifyingKey parse(String base64) {
        return ofEncoded(Base64.getDecoder().decode(base64));
    }

    static VerifyingKey ofEncoded(byte[] subjectPublicKeyInfo) {
        try {
            return new VerifyingKey(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The public key must be an Ed25519 key.", e);
        }
    }

    /** Its X.509 encoding in Base64, on one line. */
    public String base64() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    public String pem() {
        return BEGIN + "\n" + base64() + "\n" + END + "\n";
    }

    /** Names the key in what it signed: the first 16 hexadecimal digits of its encoding's SHA-256. */
    public String id() {
        return Sha256.hex(Sha256.of(key.getEncoded())).substring(0, ID_CHARS);
    }

    public boolean verifies(SignedText signed) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(signed.payload().getBytes(UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed.signature()));
        } catch (SignatureException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has Ed25519", e);
        }
    }
}
