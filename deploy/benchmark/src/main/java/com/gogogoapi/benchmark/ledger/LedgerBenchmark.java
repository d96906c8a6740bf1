package com.gogogoapi.benchmark.ledger;

import java.nio.file.Path;

/** Everything that is measured of the ledger, in one run. */
public final class LedgerBenchmark {
    private LedgerBenchmark() {}

    public static void run(Path folder, Path docs) throws Exception {
        if (System.getProperty("only") != null) {
            try (var bench = Bench.start(folder)) {
                for (var i = 0; i < Integer.getInteger("rounds", 3); i++) {
                    var w = System.getProperty("only").equals("hot") ? Workload.hot(1000) : Workload.even(1000);
                    var m = Throughput.of(bench, w, 150_000);
                    System.out.printf(
                            "%s %.0f batch %d%n", System.getProperty("only"), m.eventsPerSecond(), m.meanBatch());
                }
            }
            return;
        }
        try (var bench = Bench.start(folder)) {
            for (var i = 0; i < Integer.getInteger("rounds", 3); i++) {
                var m = Throughput.of(bench, Workload.even(1000), 150_000);
                bench.checkpoint();
                var raw = RawInsert.eventsPerSecond(bench.newLedgerDatabase(), m.rows(), m.meanBatch(), 2);
                bench.checkpoint();
                var h = Throughput.of(bench, Workload.hot(1000), 150_000);
                bench.checkpoint();
                System.out.printf(
                        "real %.0f raw %.0f ratio %.2f batch %d hot %.0f ratio %.2f batch %d%n",
                        m.eventsPerSecond(),
                        raw,
                        m.eventsPerSecond() / raw,
                        m.meanBatch(),
                        h.eventsPerSecond(),
                        h.eventsPerSecond() / m.eventsPerSecond(),
                        h.meanBatch());
            }
        }
    }
}
