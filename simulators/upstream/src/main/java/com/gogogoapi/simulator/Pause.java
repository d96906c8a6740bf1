package com.gogogoapi.simulator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The time that generating takes. */
final class Pause {

    /** A stall ends when the client gives up; this is the end of its patience and of ours. */
    static final long STALL_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private Pause() {}

    /** @throws Break if the simulator stops meanwhile */
    static void of(long millis) throws Break {
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (var left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new Break();
            }
        }
    }
}
