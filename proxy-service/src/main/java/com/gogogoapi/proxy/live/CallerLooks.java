package com.gogogoapi.proxy.live;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks again and again whether who follows still may, before anything more is passed on. */
final class CallerLooks {

    private final long everyNanos;
    private final BooleanSupplier isStill;
    private long lookedAt;

    /** @param began when he was looked at first, in {@link System#nanoTime()} as all times here */
    CallerLooks(Duration every, BooleanSupplier isStill, long began) {
        this.everyNanos = every.toNanos();
        this.isStill = isStill;
        this.lookedAt = began;
    }

    boolean stillMay(long now) {
        if (now - lookedAt < everyNanos) {
            return true;
        }
        lookedAt = now;
        return isStill.getAsBoolean();
    }
}
