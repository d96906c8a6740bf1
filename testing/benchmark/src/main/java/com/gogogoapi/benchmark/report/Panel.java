package com.gogogoapi.benchmark.report;

import java.util.List;

/**
 * One diagram of the plot: bars that share a unit.
 *
 * @param note below the title: what more or less means
 */
public record Panel(String title, String note, String unit, List<Bar> bars) {

    /** @param ours whether it is the ledger's bar, and not one it is held against */
    public record Bar(String label, Samples samples, boolean ours) {}

    public Panel {
        bars = List.copyOf(bars);
    }

    public static Bar ours(String label, Samples samples) {
        return new Bar(label, samples, true);
    }

    public static Bar bound(String label, Samples samples) {
        return new Bar(label, samples, false);
    }
}
