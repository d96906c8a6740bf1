package com.gogogoapi.contracts.wire;

/** A shard of {@code ledger-events} does not say one thing in one order: an event is missing, or is two different ones. */
public final class OutOfOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long pos;

    public OutOfOrderException(long pos, String message) {
        super(message);
        this.pos = pos;
    }

    /** The sequence number of the event that is missing or different. */
    public long pos() {
        return pos;
    }
}
