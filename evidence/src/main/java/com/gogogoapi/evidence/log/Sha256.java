package com.gogogoapi.evidence.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {

    public static final int BYTES = 32;

    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** @throws IllegalArgumentException unless it is a hash in lower-case or upper-case hexadecimal */
    public static byte[] parse(String hex) {
        var hash = HexFormat.of().parseHex(hex);
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("A SHA-256 hash must have 64 hexadecimal digits.");
        }
        return hash;
    }
}
