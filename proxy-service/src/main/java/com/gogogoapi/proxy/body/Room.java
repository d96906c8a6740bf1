package com.gogogoapi.proxy.body;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Room for so many bytes, given out in the order in which it is asked for. */
final class Room {

    private static final int UNIT_BYTES = 1024;

    private final Semaphore units;
    private final int all;

    Room(long bytes) {
        this.all = (int) Math.clamp(bytes / UNIT_BYTES, 1, Integer.MAX_VALUE);
        this.units = new Semaphore(all, true);
    }

    private int units(long bytes) {
        return (int) Math.clamp((bytes + UNIT_BYTES - 1) / UNIT_BYTES, 0, all);
    }

    /** Whether there was room in time. */
    boolean take(long bytes, Duration wait) throws InterruptedException {
        return wait.isZero()
                ? units.tryAcquire(units(bytes))
                : units.tryAcquire(units(bytes), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives back what was taken at once. */
    void giveBack(long bytes) {
        units.release(units(bytes));
    }

    long freeBytes() {
        return (long) units.availablePermits() * UNIT_BYTES;
    }
}
