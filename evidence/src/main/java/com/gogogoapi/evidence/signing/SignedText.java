package com.gogogoapi.evidence.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.evidence.log.Sha256;

/**
 * A text and its Ed25519 signature. What is signed are the text's UTF-8 bytes exactly as they are here, so nobody has to
 * write JSON the way we do in order to check it.
 *
 * @param signature in Base64
 */
public record SignedText(String payload, String signature) {

    /** By which a following text names this one. */
    public String hash() {
        return Sha256.hex(Sha256.of(payload.getBytes(UTF_8)));
    }
}
