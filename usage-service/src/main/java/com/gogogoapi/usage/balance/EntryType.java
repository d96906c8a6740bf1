package com.gogogoapi.usage.balance;

import java.util.Locale;

/** How an account's credit changes other than by a request; named as in {@code GET /ledger}. */
public enum EntryType {
    GRANT(true),
    TRANSFER_IN(true),
    EXPIRY(false),
    REVOCATION(false),
    TRANSFER_OUT(false);

    private final boolean adds;

    EntryType(boolean adds) {
        this.adds = adds;
    }

    /** Whether there is more credit afterwards, or less. */
    public boolean adds() {
        return adds;
    }

    /** As answers name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
