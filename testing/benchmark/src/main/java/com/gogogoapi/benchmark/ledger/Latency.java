package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.Figures;

/** How long it took: half of them no longer than p50, all but one in a hundred no longer than p99. */
record Latency(double p50Millis, double p99Millis) {

    static Latency of(long[] nanos) {
        var sorted = nanos.clone();
        java.util.Arrays.sort(sorted);
        return new Latency(millis(sorted, 50), millis(sorted, 99));
    }

    /** The nearest rank: the smallest figure that so many percent do not exceed. */
    private static double millis(long[] sorted, int percent) {
        var rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }

    @Override
    public String toString() {
        return "p50 " + Figures.of(p50Millis, "ms") + ", p99 " + Figures.of(p99Millis, "ms");
    }
}
