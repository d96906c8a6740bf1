package com.gogogoapi.quote.learning;

/**
 * Sorts numbers into buckets: exactly up to 63, above that no wider than a thirty-second of the number. Whole numbers
 * throughout.
 */
final class Magnitudes {

    /** Beyond any count of tokens, and a thousand times the whole where parts per million are counted. */
    static final long MAX = (1L << 30) - 1;

    private static final int FINE_BITS = 5;
    private static final int FINE = 1 << FINE_BITS;

    static final int BUCKETS = bucketOf(MAX) + 1;

    private Magnitudes() {}

    /** @param number zero or more; above {@link #MAX} it counts as that */
    static int bucketOf(long number) {
        var counted = Math.min(number, MAX);
        var shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(counted | 1) - FINE_BITS);
        return (shift << FINE_BITS) + (int) (counted >>> shift);
    }

    /** The largest number of the bucket. */
    static long highestOf(int bucket) {
        if (bucket < 2 * FINE) {
            return bucket;
        }
        var shift = (bucket >>> FINE_BITS) - 1;
        var fine = (bucket & (FINE - 1)) | FINE;
        return ((fine + 1L) << shift) - 1;
    }
}
