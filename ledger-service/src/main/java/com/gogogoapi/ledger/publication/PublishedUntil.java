package com.gogogoapi.ledger.publication;

/**
 * How far a shard's events are known to be in Kafka: up to the last position before which every send succeeded. Told by
 * the producer's thread, asked by the worker's.
 */
final class PublishedUntil {

    private static final long NONE = Long.MAX_VALUE;

    private long pos;
    private long firstFailed = NONE;
    private int attempt;

    PublishedUntil(long pos) {
        this.pos = pos;
    }

    synchronized void sent(int ofAttempt, long sentPos) {
        // A send after a failed one proves nothing: the failed one is missing before it. Nor does one of a former
        // attempt: what failed in that is on its way again, and may fail again.
        if (ofAttempt == attempt && sentPos < firstFailed && sentPos > pos) {
            pos = sentPos;
        }
    }

    synchronized void failed(int ofAttempt, long failedPos) {
        if (ofAttempt == attempt) {
            firstFailed = Math.min(firstFailed, failedPos);
        }
    }

    /** The attempt that sends now; each restart begins another. */
    synchronized int attempt() {
        return attempt;
    }

    synchronized boolean hasFailed() {
        return firstFailed != NONE;
    }

    /** Forgets failures, because everything after {@link #pos} is about to be sent again. */
    synchronized long restart() {
        firstFailed = NONE;
        attempt++;
        return pos;
    }

    synchronized long pos() {
        return pos;
    }
}
