package com.gogogoapi.contracts.ledger.intake;

/** How a request ended: the published rule that decides what is charged. Every charge and release names one. */
public enum Outcome {
    /** The upstream finished and stated its usage: that usage is charged. */
    COMPLETED(true),
    /** The upstream finished without stating usage: what was delivered is counted and charged, marked as estimated. */
    USAGE_MISSING(true),
    /** The client left mid-stream: the upstream is stopped; usage so far, or what was delivered, is charged. */
    CLIENT_LEFT(true),
    /** The upstream failed after its first byte: usage so far, or what was delivered, is charged. */
    UPSTREAM_FAILED_MIDWAY(true),
    /** The upstream stalled or ran over its time after its first byte: usage so far, or what was delivered, is charged. */
    TIMED_OUT_MIDWAY(true),
    /** The upstream failed, refused or was unreachable before its first byte: free. */
    UPSTREAM_FAILED(false),
    /** The upstream gave no first byte in time: free. */
    TIMED_OUT(false),
    /** The upstream answered well but generated and stated nothing: free. */
    NOTHING_SERVED(false),
    /** The client left before the upstream's first byte: free. */
    CLIENT_LEFT_EARLY(false),
    /** Nobody completed the request within the life of its hold (a proxy died): free, unless a completion surfaces. */
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
