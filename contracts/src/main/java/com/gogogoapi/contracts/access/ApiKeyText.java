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
 * The text of an API key: {@code sk-gogogo-}, 43 random characters of {@code [0-9A-Za-z]} (256 bits) and 6 more that are the
 * CRC-32 of all before them in base 62. Scanners for secrets know it by its prefix and are sure by its checksum, and a
 * mistyped one is told from an unknown one without asking anybody.
 *
 * <p>Until version 0.4 a key had 43 characters of base64url after the prefix and no checksum; these are valid for ever.
 */
public final class ApiKeyText {

    public static final String PREFIX = "sk-gogogo-";

    /** By which a scanner finds one. */
    public static final String SCANNERS_PATTERN = PREFIX + "[0-9A-Za-z]{49}";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARS = 43;
    private static final int CHECKSUM_CHARS = 6;
    private static final Pattern EARLIER = Pattern.compile(PREFIX + "[0-9A-Za-z_-]{" + RANDOM_CHARS + "}");
    private static final Pattern CURRENT = Pattern.compile(SCANNERS_PATTERN);

    private ApiKeyText() {}

    /** A new key. */
    public static String generate(SecureRandom random) {
        var key = new StringBuilder(PREFIX);
        for (var i = 0; i < RANDOM_CHARS; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return key.append(checksum(key.toString())).toString();
    }

    /** Whether a text can be a key, of now or of earlier; whether it is one, only its hash tells. */
    public static boolean canBeKey(String text) {
        if (CURRENT.matcher(text).matches()) {
            var end = text.length() - CHECKSUM_CHARS;
            return checksum(text.substring(0, end)).equals(text.substring(end));
        }
        return EARLIER.matcher(text).matches();
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

    /** By which a key is known to everybody but its owner: SHA-256. With 256 bits of entropy it needs no salt. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }

    /** The same as {@link ApiKeyPublished#keyHash} has it. */
    public static String hash(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }
}
