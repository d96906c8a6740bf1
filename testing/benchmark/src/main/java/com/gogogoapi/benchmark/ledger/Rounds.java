package com.gogogoapi.benchmark.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contenders take turns, round by round, so that whatever else the machine does meanwhile happens to all of them.
 */
final class Rounds {

    private Rounds() {}

    /** Measures once. */
    interface Measurement<F> {
        F measure() throws IOException, SQLException, InterruptedException;
    }

    record Contender<F>(String name, Measurement<F> measurement) {}

    /** Everybody's figures, a figure a round, under their names and in their order. */
    static <F> Map<String, List<F>> alternate(int rounds, Progress progress, List<Contender<F>> contenders)
            throws IOException, SQLException, InterruptedException {
        var figures = new LinkedHashMap<String, List<F>>();
        contenders.forEach(contender -> figures.put(contender.name(), new ArrayList<>()));
        for (var round = 1; round <= rounds; round++) {
            for (var contender : contenders) {
                var figure = contender.measurement().measure();
                figures.getOrDefault(contender.name(), new ArrayList<>()).add(figure);
                progress.say("round %d of %d: %s: %s".formatted(round, rounds, contender.name(), figure));
            }
        }
        return figures;
    }
}
