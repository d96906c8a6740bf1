package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A figure that says its unit. */
record Measured(double value, String unit) {

    /** The figures of every contender. */
    static LinkedHashMap<String, Samples> samples(Map<String, List<Measured>> figures) {
        var samples = new LinkedHashMap<String, Samples>();
        figures.forEach((name, rounds) -> samples.put(
                name, new Samples(rounds.stream().map(Measured::value).toList())));
        return samples;
    }

    @Override
    public String toString() {
        return Figures.of(value, unit);
    }
}
