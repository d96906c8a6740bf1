package com.gogogoapi.contracts.ledger.intake;

/**
 * How a request ended: the published rule that decides what is charged. Every charge and release names one.
 *
 * <p>When each comes about is said in {@code docs/outcomes.md}. Whoever treats outcomes differently does so in a
 * {@code switch} without {@code default}, so that a new one compiles only once everybody has an answer to it.
 */
public enum Outcome {
    COMPLETED(true),
    USAGE_MISSING(true),
    CLIENT_LEFT(true),
    CLIENT_LEFT_AGAIN(true),
    UPSTREAM_FAILED_MIDWAY(true),
    TIMED_OUT_MIDWAY(true),
    INTERRUPTED_MIDWAY(true),
    UPSTREAM_FAILED(false),
    TIMED_OUT(false),
    INTERRUPTED(false),
    NOTHING_SERVED(false),
    CLIENT_LEFT_EARLY(false),
    HOLD_EXPIRED(false);

    private final boolean charged;

    Outcome(boolean charged) {
        this.charged = charged;
    }

    /** Whether this rule charges a usage; otherwise the whole hold is released. */
    public boolean isCharged() {
        return charged;
    }
}
