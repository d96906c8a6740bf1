package com.gogogoapi.ledger.publication;

/**
 * How far a shard's events are known to be in Kafka: up to the last position before which every send succeeded. Told by
 * the producer's thread, asked by the worker's.
 *
 * <p>After a failure everything behind {@link #pos} is sent again, as another attempt. What is still heard of an earlier
 * attempt proves nothing: a send that succeeded there stood behind the one that failed.
 */
final class PublishedUntil {

    private static final long NONE = Long.MAX_VALUE;

    private long pos;
    private int attempt;
    private long firstFailed = NONE;

    PublishedUntil(long pos) {
        this.pos = pos;
    }

    /** The number under which sends are to be reported now. */
    synchronized int attempt() {
        return attempt;
    }

    synchronized void sent(int itsAttempt, long sentPos) {
        // A send after a failed one proves nothing: the failed one is missing before it.
        if (itsAttempt == attempt && sentPos < firstFailed && sentPos > pos) {
            pos = sentPos;
        }
    }

    synchronized void failed(int itsAttempt, long failedPos) {
        if (itsAttempt == attempt) {
            firstFailed = Math.min(firstFailed, failedPos);
        }
    }

    synchronized boolean hasFailed() {
        return firstFailed != NONE;
    }

    /** Begins another attempt, because everything after the answer is about to be sent again. */
    synchronized long restart() {
        attempt++;
        firstFailed = NONE;
        return pos;
    }

    synchronized long pos() {
        return pos;
    }
}
