package com.gogogoapi.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A customer's account: 1 to 64 characters of {@code [a-z0-9_]}, for example {@code acct_0193…}. */
public record AccountId(@JsonValue String value) {

    private static final int MAX_CHARS = 64;

    /** @throws IllegalArgumentException if the value has another form */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccountId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "An account id must have 1 to " + MAX_CHARS + " characters of [a-z0-9_].");
        }
    }

    /** Whether a text has the form of an account id. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
