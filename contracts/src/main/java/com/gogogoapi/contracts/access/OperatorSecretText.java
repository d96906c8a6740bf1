package com.gogogoapi.contracts.access;

import java.security.SecureRandom;

/** The text of an operator's secret: as {@link ApiKeyText}, but it begins with {@code op-gogogo-}. */
public final class OperatorSecretText {

    public static final String PREFIX = "op-gogogo-";

    private static final CheckedText FORM = new CheckedText(PREFIX);

    private OperatorSecretText() {}

    /** A new secret. */
    public static String generate(SecureRandom random) {
        return FORM.generate(random);
    }

    /** Whether a text can be one; whether it is one, only its hash tells. */
    public static boolean canBeSecret(String text) {
        return FORM.isWhole(text);
    }

    /** By which it is known to everybody but its owner: SHA-256, in hexadecimal digits. */
    public static String hash(String text) {
        return CheckedText.hash(text);
    }
}
