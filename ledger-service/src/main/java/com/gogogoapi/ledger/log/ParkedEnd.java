package com.gogogoapi.ledger.log;

/**
 * What became of a parked record; the row stays, with who and why.
 *
 * @param kind {@code PARKED} if it was tried again in vain, {@code reason} then being what is wrong with it now
 * @param by who had it resumed
 */
public record ParkedEnd(int shard, long offset, Kind kind, String by, String reason, long atMillis) {

    /** How a parked record can end. */
    public enum Kind {
        PARKED,
        DECIDED,
        SKIPPED
    }
}
