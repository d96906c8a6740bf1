package com.gogogoapi.usage.rollup;

import java.time.Instant;

/** How long a row's time is. Offsets of zones are whole quarters of an hour, of most of them whole hours. */
public enum Grain {
    QUARTER(15),
    HOUR(60),
    DAY(1440);

    private static final long SECONDS_OF_MINUTE = 60;

    private final int minutes;

    Grain(int minutes) {
        this.minutes = minutes;
    }

    /** As it is in the table. */
    public int minutes() {
        return minutes;
    }

    public long seconds() {
        return minutes * SECONDS_OF_MINUTE;
    }

    /** The beginning of the bucket in which an instant is, in seconds since 1970. */
    public long bucketOf(Instant at) {
        return floor(at.getEpochSecond());
    }

    /** The last beginning of a bucket that is not after this second. */
    public long floor(long second) {
        return Math.floorDiv(second, seconds()) * seconds();
    }

    /** The first beginning of a bucket that is not before this second. */
    public long ceiling(long second) {
        return -floor(-second);
    }
}
