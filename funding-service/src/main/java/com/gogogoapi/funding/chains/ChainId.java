package com.gogogoapi.funding.chains;

import java.util.regex.Pattern;

/**
 * A chain by its name for all the world (CAIP-2).
 *
 * @param text {@code eip155:8453}
 * @param number {@code 8453}
 */
public record ChainId(String text, long number) {

    private static final Pattern FORM = Pattern.compile("eip155:([1-9][0-9]{0,15})");

    /** @throws IllegalArgumentException if it is none of Ethereum's family */
    public static ChainId parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a chain id of CAIP-2 such as eip155:8453.");
        }
        return new ChainId(text, Long.parseLong(matcher.group(1)));
    }

    @Override
    public String toString() {
        return text;
    }
}
