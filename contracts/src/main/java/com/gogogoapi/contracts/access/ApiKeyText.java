package com.gogogoapi.contracts.access;

import java.security.SecureRandom;
import java.util.regex.Pattern;

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
    public static final String SCANNERS_PATTERN = PREFIX + CheckedText.FORM;

    private static final CheckedText CURRENT = new CheckedText(PREFIX);
    private static final Pattern EARLIER = Pattern.compile(PREFIX + "[0-9A-Za-z_-]{43}");

    private ApiKeyText() {}

    /** A new key. */
    public static String generate(SecureRandom random) {
        return CURRENT.generate(random);
    }

    /** Whether a text can be a key, of now or of earlier; whether it is one, only its hash tells. */
    public static boolean canBeKey(String text) {
        return CURRENT.hasForm(text)
                ? CURRENT.isWhole(text)
                : EARLIER.matcher(text).matches();
    }

    /** By which a key is known to everybody but its owner: SHA-256. With 256 bits of entropy it needs no salt. */
    public static byte[] sha256(String text) {
        return CheckedText.sha256(text);
    }

    /** The same as {@link ApiKeyPublished#keyHash} has it. */
    public static String hash(String text) {
        return CheckedText.hash(text);
    }
}
