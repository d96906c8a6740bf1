package com.gogogoapi.contracts.pricing;

import java.util.regex.Pattern;

/** The form of a model's name, which is also its route's: fit for an address, a Kafka key and a file name. */
public final class ModelName {

    public static final int MAX_CHARS = 100;

    /** For a refusal: what a model's name must be. */
    public static final String FORM = "a model name: 1 to " + MAX_CHARS
            + " letters, digits, dots, underscores, colons and dashes, a letter or digit first";

    private static final Pattern PATTERN = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:-]{0," + (MAX_CHARS - 1) + "}");

    private ModelName() {}

    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }
}
