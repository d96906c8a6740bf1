package com.gogogoapi.contracts.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form that every secret has which is shown once: a prefix that says what it is, 43 random characters of {@code
 * [0-9A-Za-z]} (256 bits) and 6 more that are the CRC-32 of all before them in base 62.
 */
public final class CheckedText {

    static final String FORM = "[0-9A-Za-z]{49}";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARS = 43;
    private static final int CHECKSUM_CHARS = 6;

    private final String prefix;
    private final Pattern pattern;

    /** @param prefix of letters, digits and dashes, which says what it is */
    public CheckedText(String prefix) {
        this.prefix = prefix;
        this.pattern = Pattern.compile(prefix + FORM);
    }

    /** A new one. */
    public String generate(SecureRandom random) {
        var text = new StringBuilder(prefix);
        for (var i = 0; i < RANDOM_CHARS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.append(checksum(text.toString())).toString();
    }

    /** Whether it has the form, whatever its checksum. */
    boolean hasForm(String text) {
        return pattern.matcher(text).matches();
    }

    /** Whether it has the form and the checksum fits; whether it is one, only its hash tells. */
    public boolean isWhole(String text) {
        if (!hasForm(text)) {
            return false;
        }
        var end = text.length() - CHECKSUM_CHARS;
        return checksum(text.substring(0, end)).equals(text.substring(end));
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        var rest = crc.getValue();
        var digits = new char[CHECKSUM_CHARS];
        for (var i = CHECKSUM_CHARS - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }

    /** By which a secret is known to everybody but its owner: SHA-256. With 256 bits of entropy it needs no salt. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }

    static String hash(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }
}
