package com.gogogoapi.quote.learning;

import java.util.OptionalLong;

/**
 * The distribution of the last so many values, in fixed space: a ring of them and a count per bucket.
 *
 * <p>A value can be one that was cut off: of a completion that ended at its limit we know only that it would have been at
 * least so long. Such values count as long as they last and then leave the reckoning (the product-limit estimate), so that
 * short limits teach nobody that completions are short.
 *
 * <p>Thread-safe.
 */
final class RecentValues {

    /** Survival as a whole number: this much is all. */
    private static final long ALL = 1L << 40;

    private static final int MAX_WINDOW = Character.MAX_VALUE;

    private final short[] ring;
    private final char[] ended = new char[Magnitudes.BUCKETS];
    private final char[] cutOff = new char[Magnitudes.BUCKETS];
    private int size;
    private int next;
    private int cutOffs;

    RecentValues(int window) {
        if (window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("a window is 1 to " + MAX_WINDOW + " values");
        }
        ring = new short[window];
    }

    synchronized void add(long value, boolean wasCutOff) {
        if (size == ring.length) {
            count(ring[next], -1);
        } else {
            size++;
        }
        ring[next] = (short) (Magnitudes.bucketOf(value) << 1 | (wasCutOff ? 1 : 0));
        count(ring[next], 1);
        next = (next + 1) % ring.length;
    }

    private void count(short entry, int change) {
        var bucket = entry >>> 1;
        if ((entry & 1) == 0) {
            ended[bucket] += (char) change;
        } else {
            cutOff[bucket] += (char) change;
            cutOffs += change;
        }
    }

    synchronized int size() {
        return size;
    }

    /** Values that were not cut off. */
    synchronized int whole() {
        return size - cutOffs;
    }

    /**
     * The value that so many thousandths of all do not exceed, to the bucket's upper end; empty where too many were cut off
     * to tell.
     */
    synchronized OptionalLong quantile(int perMille) {
        var atRisk = (long) size;
        var survive = ALL;
        var enough = ALL * (1_000 - perMille);
        for (var bucket = 0; bucket < Magnitudes.BUCKETS && atRisk > 0; bucket++) {
            if (ended[bucket] > 0) {
                survive = survive * (atRisk - ended[bucket]) / atRisk;
                if (survive * 1_000 <= enough) {
                    return OptionalLong.of(Magnitudes.highestOf(bucket));
                }
            }
            atRisk -= ended[bucket] + cutOff[bucket];
        }
        return OptionalLong.empty();
    }
}
