package com.gogogoapi.benchmark.report;

import java.util.List;

/** One contender's figures, one a round. The median counts; the least and the most say how sure it is. */
public record Samples(List<Double> rounds) {

    public Samples {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("At least one sample must be measured.");
        }
        rounds = List.copyOf(rounds);
    }

    public static Samples of(double... rounds) {
        return new Samples(java.util.Arrays.stream(rounds).boxed().toList());
    }

    /** The middle figure; of an even number the mean of the two in the middle. */
    public double median() {
        var sorted = rounds.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double least() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double most() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
