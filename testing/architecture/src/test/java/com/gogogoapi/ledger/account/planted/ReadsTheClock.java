package com.gogogoapi.ledger.account.planted;

import java.time.Instant;

/** Planted: a decision that comes out differently tomorrow. */
public final class ReadsTheClock {

    private ReadsTheClock() {}

    public static Instant use() {
        return Instant.now();
    }
}
