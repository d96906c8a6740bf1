package com.gogogoapi.funding.deposits;

import java.util.Locale;

/**
 * How far an arrival is.
 *
 * <pre>
 * seen → confirming → final → credited
 *   ↑↓       ↓          ↘ rejected
 *   orphaned ┘
 * </pre>
 *
 * What was orphaned may be mined again, and is the same arrival then. What is final never goes back.
 */
public enum DepositState {
    /** In the newest block. */
    SEEN,
    /** Blocks lie above it, and it may still go away. */
    CONFIRMING,
    /** In a block that is gone; perhaps to be mined again. */
    ORPHANED,
    /** Arrived for good, and to be credited as soon as nothing is in the way. */
    FINAL,
    /** Arrived for good, and not credited; why is said. */
    REJECTED,
    /** The ledger has it. */
    CREDITED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DepositState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
