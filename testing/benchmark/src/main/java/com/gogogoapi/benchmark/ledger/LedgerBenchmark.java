package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.Machine;
import com.gogogoapi.benchmark.report.PartReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is measured of the ledger, in one run. */
public final class LedgerBenchmark implements AutoCloseable {

    /** Needed in this order: the first part warms the machine up for all others. */
    private static List<Part> parts() {
        return List.of(new Throughput(), new Reservation(), new ColdStart(), new TouchedAccounts(), new OpenHolds());
    }

    /** The names that {@code --only} takes. */
    public static List<String> names() {
        return parts().stream().map(Part::name).toList();
    }

    /** What was found, and on what machine. */
    public record Found(String machine, List<PartReport> parts) {}

    private final Bench bench;
    private final Scale scale;

    private LedgerBenchmark(Bench bench, Scale scale) {
        this.bench = bench;
        this.scale = scale;
    }

    /** @param folder for the servers' data: made, and emptied afterwards */
    public static LedgerBenchmark start(Path folder, int rounds, boolean quick) throws IOException {
        return new LedgerBenchmark(Bench.start(folder), quick ? Scale.quick(rounds) : Scale.full(rounds));
    }

    /** @param only the parts to run; empty for all */
    public Found run(List<String> only) throws IOException, SQLException, InterruptedException {
        var machine = Machine.describe(bench.server(), bench.folder());
        var reports = new ArrayList<PartReport>();
        for (var part : parts()) {
            if (only.isEmpty() || only.contains(part.name())) {
                var progress = new Progress(part.name());
                progress.say("begins");
                reports.add(part.measure(bench, scale, progress));
                progress.say("done");
            }
        }
        return new Found(machine, reports);
    }

    @Override
    public void close() throws IOException {
        bench.close();
    }
}
