package com.gogogoapi.ledger.account.budget;

import java.util.Arrays;

/**
 * What one scope began to hold within the last sixty seconds, by the second: requests, and tokens. A rate is kept by the sum
 * of them, so no sixty seconds in a row see more than a minute's. Immutable.
 */
public final class RecentMinute {

    static final int SECONDS = 60;

    static final RecentMinute NONE = new RecentMinute(new long[0]);

    private static final int FIELDS = 3;

    /** Of each second in which there was something, oldest first: the second since 1970, the requests, the tokens. */
    private final long[] seconds;

    private RecentMinute(long[] seconds) {
        this.seconds = seconds;
    }

    /** @param seconds as {@link #seconds()} gave them */
    public static RecentMinute of(long[] seconds) {
        if (seconds.length % FIELDS != 0 || seconds.length > FIELDS * SECONDS) {
            throw new IllegalArgumentException("There must be up to sixty seconds of three numbers each.");
        }
        return new RecentMinute(seconds.clone());
    }

    public long[] seconds() {
        return seconds.clone();
    }

    /** After so much more in a second; what is older than a minute then is forgotten. Time never goes back. */
    RecentMinute plus(long second, long requests, long tokens) {
        var at = seconds.length == 0 ? second : Math.max(second, seconds[seconds.length - FIELDS]);
        var from = firstAfter(at - SECONDS);
        var same = seconds.length > 0 && seconds[seconds.length - FIELDS] == at;
        var kept = Arrays.copyOfRange(seconds, from, same ? seconds.length : seconds.length + FIELDS);
        var last = kept.length - FIELDS;
        kept[last] = at;
        kept[last + 1] += requests;
        kept[last + 2] += tokens;
        return new RecentMinute(kept);
    }

    /** After tokens that were counted in that second turned out to be fewer, or more; forgotten if the second is. */
    RecentMinute corrected(long second, long tokens) {
        for (var i = 0; i < seconds.length; i += FIELDS) {
            if (seconds[i] == second) {
                var corrected = seconds.clone();
                corrected[i + 2] = Math.max(0, corrected[i + 2] + tokens);
                return new RecentMinute(corrected);
            }
        }
        return this;
    }

    long requests(long atSecond) {
        return sum(atSecond, 1);
    }

    long tokens(long atSecond) {
        return sum(atSecond, 2);
    }

    /** When so many requests more fit under a limit, nothing else coming: the second; {@code Long.MAX_VALUE} for never. */
    long requestsFitAt(long atSecond, long more, long limit) {
        return fitsAt(atSecond, more, limit, 1);
    }

    long tokensFitAt(long atSecond, long more, long limit) {
        return fitsAt(atSecond, more, limit, 2);
    }

    private long fitsAt(long atSecond, long more, long limit, int field) {
        if (more > limit) {
            return Long.MAX_VALUE;
        }
        var taken = sum(atSecond, field);
        for (var i = firstAfter(atSecond - SECONDS); taken + more > limit; i += FIELDS) {
            taken -= seconds[i + field];
            if (taken + more <= limit) {
                return seconds[i] + SECONDS;
            }
        }
        return atSecond;
    }

    private long sum(long atSecond, int field) {
        var sum = 0L;
        for (var i = firstAfter(atSecond - SECONDS); i < seconds.length; i += FIELDS) {
            sum += seconds[i + field];
        }
        return sum;
    }

    /** When the first of what counts at that second no longer does; that second itself if nothing counts. */
    long fewerFrom(long atSecond) {
        var first = firstAfter(atSecond - SECONDS);
        return first == seconds.length ? atSecond : seconds[first] + SECONDS;
    }

    /** When nothing of what counts at that second does any more; that second itself if nothing counts. */
    long noneFrom(long atSecond) {
        return isOver(atSecond) ? atSecond : seconds[seconds.length - FIELDS] + SECONDS;
    }

    private int firstAfter(long second) {
        var i = 0;
        while (i < seconds.length && seconds[i] <= second) {
            i += FIELDS;
        }
        return i;
    }

    boolean isOver(long atSecond) {
        return seconds.length == 0 || seconds[seconds.length - FIELDS] <= atSecond - SECONDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecentMinute that && Arrays.equals(seconds, that.seconds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seconds);
    }

    @Override
    public String toString() {
        return Arrays.toString(seconds);
    }
}
