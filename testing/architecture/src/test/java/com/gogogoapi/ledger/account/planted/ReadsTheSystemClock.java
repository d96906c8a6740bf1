package com.gogogoapi.ledger.account.planted;

/** Planted: the same by another clock. */
public final class ReadsTheSystemClock {

    private ReadsTheSystemClock() {}

    public static long use() {
        return System.nanoTime();
    }
}
