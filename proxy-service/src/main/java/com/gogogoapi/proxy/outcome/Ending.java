package com.gogogoapi.proxy.outcome;

/** How the reading of an upstream's answer ended, and with that who was to blame if it went no further. */
public enum Ending {
    /** The upstream brought its answer to its end. */
    IN_ORDER,
    /** The upstream could not be reached, refused, or broke off. */
    UPSTREAM_FAILED,
    /** The upstream gave no answer in time, stalled in the middle of one, or ran over its time. */
    TIMED_OUT,
    /** The client could not be written to any more. */
    CLIENT_LEFT,
    /** The same, once more than is free for one that left before any content. */
    CLIENT_LEFT_AGAIN,
    /** This service was stopped in the middle of it, or died. */
    INTERRUPTED,
    /** The upstream was never asked: the ledger was too slow, all places were taken, or the request cannot be sent. */
    NOT_SENT
}
