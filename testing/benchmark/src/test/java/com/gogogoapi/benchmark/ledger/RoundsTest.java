package com.gogogoapi.benchmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.benchmark.ledger.Rounds.Contender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void contendersTakeTurns() throws Exception {
        var turns = new ArrayList<String>();

        var figures = Rounds.alternate(
                2,
                new Progress("test"),
                List.of(
                        new Contender<>("ledger", () -> turn(turns, "ledger")),
                        new Contender<>("raw", () -> turn(turns, "raw"))));

        assertThat(turns).containsExactly("ledger", "raw", "ledger", "raw");
        assertThat(figures)
                .containsExactly(
                        java.util.Map.entry("ledger", List.of(1, 3)), java.util.Map.entry("raw", List.of(2, 4)));
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        var nanos = new long[200];
        for (var i = 0; i < nanos.length; i++) {
            nanos[i] = (200 - i) * 1_000_000L;
        }

        assertThat(Latency.of(nanos)).isEqualTo(new Latency(100, 198));
        assertThat(Latency.of(new long[] {3_000_000})).isEqualTo(new Latency(3, 3));
    }

    private static int turn(List<String> turns, String name) {
        turns.add(name);
        return turns.size();
    }
}
