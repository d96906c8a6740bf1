package com.gogogoapi.ledger.publication;

import java.time.Duration;
import java.time.Instant;

/**
 * How one shard's sends stand: which may be the next, and up to where all are known to be in Kafka. Told by the producer's
 * thread, asked by the worker's.
 *
 * <pre>
 *            next handed over          one fails               all that is under way is answered
 * FLOWING ─────────────────▶ FLOWING ────────────▶ STOPPED ───────────────────────────────────────▶ TRYING
 *    ▲                                                ▲                                               │  │
 *    │                                                └───────────── it fails ────────────────────────┘  │
 *    └───────────── the one that is handed over alone, the first after the last known one, is in Kafka ──┘
 * </pre>
 *
 * So nothing newer is handed over while a send that failed is not made good. What is still heard of sends from before the
 * last restart proves nothing and is not counted.
 */
final class PublishedUntil {

    /** Kafka's producer answers every send within its delivery timeout: after so long without a word it is gone. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(90);

    private enum Phase {
        FLOWING,
        STOPPED,
        TRYING
    }

    private Phase phase = Phase.FLOWING;
    private long pos;
    private long handedOver;
    private int attempt;
    private int underWay;
    private long answers;
    private long answersSeen = -1;
    private Instant silentSince = Instant.MAX;

    PublishedUntil(long pos) {
        this.pos = pos;
        this.handedOver = pos;
    }

    /** Whether this one may be handed over now; then it counts as under way. */
    synchronized boolean begin(long next) {
        if (next != handedOver + 1 || !isReady()) {
            return false;
        }
        handedOver = next;
        underWay++;
        return true;
    }

    /** The number under which sends are to be reported now. */
    synchronized int attempt() {
        return attempt;
    }

    synchronized void sent(int itsAttempt, long sentPos) {
        if (itsAttempt != attempt) {
            return;
        }
        answered();
        if (sentPos == pos + 1) {
            pos = sentPos;
            if (phase == Phase.TRYING) {
                phase = Phase.FLOWING;
            }
        }
    }

    /** @return whether anything was handed over after it, which must not overtake it */
    synchronized boolean failed(int itsAttempt, long failedPos) {
        if (itsAttempt == attempt) {
            answered();
            phase = Phase.STOPPED;
        }
        return itsAttempt == attempt && handedOver > failedPos;
    }

    private void answered() {
        underWay--;
        answers++;
    }

    /**
     * Whether sending begins anew now, at the first that is not known to be in Kafka: after a failure, once all that was under
     * way is answered.
     */
    synchronized boolean restart() {
        // One that is answered out of turn stands behind one that will never be.
        var isStuck = phase == Phase.STOPPED || pos < handedOver;
        if (underWay > 0 || !isStuck) {
            return false;
        }
        beginAnew();
        return true;
    }

    /** Whether nothing was heard for so long of what is under way that nothing ever will be. */
    synchronized boolean isSilent(Instant now) {
        if (underWay == 0 || answers != answersSeen) {
            answersSeen = answers;
            silentSince = now;
        }
        return now.isAfter(silentSince.plus(SILENT_AFTER));
    }

    /** Begins anew without an answer to what is under way; whatever it went through must never send again. */
    synchronized void abandon() {
        beginAnew();
    }

    private void beginAnew() {
        attempt++;
        underWay = 0;
        handedOver = pos;
        phase = Phase.TRYING;
    }

    /** Whether the next may be handed over. */
    synchronized boolean isReady() {
        return phase == Phase.FLOWING || phase == Phase.TRYING && underWay == 0;
    }

    /** Whether one is handed over at a time. */
    synchronized boolean isTrying() {
        return phase == Phase.TRYING;
    }

    /** Whether nothing is under way. */
    synchronized boolean isAtRest() {
        return underWay == 0;
    }

    /** The last that was handed over. */
    synchronized long handedOver() {
        return handedOver;
    }

    /** The last up to which all are in Kafka. */
    synchronized long pos() {
        return pos;
    }
}
