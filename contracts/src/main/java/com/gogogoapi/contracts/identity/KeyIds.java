package com.gogogoapi.contracts.identity;

import java.util.UUID;

/** The id of an API key as people and the API write it: {@code key_} and a UUID without its hyphens. */
public final class KeyIds {

    private static final String PREFIX = "key_";
    private static final int HEX = 16;
    private static final int HEX_OF_HALF = 16;

    private KeyIds() {}

    /** @throws IllegalArgumentException if it has another form */
    public static UUID uuidOf(String keyId) {
        if (!keyId.startsWith(PREFIX) || keyId.length() != PREFIX.length() + 2 * HEX_OF_HALF) {
            throw new IllegalArgumentException("A key's id must be key_ and 32 hexadecimal digits.");
        }
        var hex = keyId.substring(PREFIX.length());
        return new UUID(
                Long.parseUnsignedLong(hex, 0, HEX_OF_HALF, HEX),
                Long.parseUnsignedLong(hex, HEX_OF_HALF, hex.length(), HEX));
    }
}
