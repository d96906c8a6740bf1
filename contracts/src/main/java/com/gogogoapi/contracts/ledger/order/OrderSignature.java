package com.gogogoapi.contracts.ledger.order;

import java.time.Instant;

/**
 * Whose order it is: Ed25519 over the order's text ({@link com.gogogoapi.contracts.ledger.intake.OrderText}).
 *
 * @param key the signing key's id: the first 16 hexadecimal digits of the SHA-256 of its X.509 encoding
 * @param at when it was signed; part of the text
 * @param value the signature in Base64
 */
public record OrderSignature(String key, Instant at, String value) {

    public static final int KEY_CHARS = 16;

    /** Of 64 bytes in Base64. */
    public static final int VALUE_CHARS = 88;

    /** @throws IllegalArgumentException if the key's id or the signature has another length */
    public OrderSignature {
        if (key.length() != KEY_CHARS) {
            throw new IllegalArgumentException("A signing key's id must have " + KEY_CHARS + " characters.");
        }
        if (value.length() != VALUE_CHARS) {
            throw new IllegalArgumentException("An Ed25519 signature must have " + VALUE_CHARS + " characters.");
        }
    }
}
