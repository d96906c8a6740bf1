package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.Progress;
import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Panel;
import com.gogogoapi.benchmark.report.PartReport;
import com.gogogoapi.benchmark.report.Samples;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.benchmark.report.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What memory many accounts take that are used once each: bounded by how many accounts a worker may keep, and not by how
 * many there are. Each account gets a grant, a hold and a charge through the running ledger; then everything that is
 * garbage is collected and the heap is read.
 */
final class TouchedAccounts implements Part {

    /** Growth beyond full caches that is still noise: the broker and the clients live on the same heap. */
    private static final double NOISE = 1.25;

    private static final int EVENTS_AN_ACCOUNT = 3;

    /** Heap in use, in MiB, by accounts touched so far; {@code given back} when all workers had stopped. */
    private record Heap(Map<Integer, Double> byTouched, double givenBack) {

        double grownAt(int touched) {
            return at(touched) - at(0);
        }

        double at(int touched) {
            var heap = byTouched.get(touched);
            if (heap == null) {
                throw new IllegalArgumentException("not looked at " + touched + " accounts");
            }
            return heap;
        }
    }

    @Override
    public String name() {
        return "touched";
    }

    @Override
    public PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException {
        var heaps = new LinkedHashMap<Integer, Heap>();
        for (var cached : List.of(scale.cachedAccountsPerWorker(), scale.cachedAccountsPerWorker() / 10)) {
            heaps.put(cached, touch(bench, scale, cached, progress));
        }
        var configured = scale.cachedAccountsPerWorker();
        var heap = heaps.getOrDefault(configured, new Heap(Map.of(), 0));
        // Two workers: with so many touched, what they may keep is kept.
        var full = 2 * configured;
        var all = scale.touchedAccounts();
        return new PartReport(
                "Memory of accounts touched once",
                List.of(Target.atMost(
                        "heap growth with %,d accounts touched".formatted(all),
                        heap.grownAt(all),
                        "with %,d, all that 2 workers may keep".formatted(full),
                        heap.grownAt(full),
                        "MiB",
                        NOISE)),
                List.of(panel(heaps, all)),
                details(heaps, full));
    }

    private static Heap touch(Bench bench, Scale scale, int cached, Progress progress)
            throws IOException, SQLException, InterruptedException {
        try (var ledger = RunningLedger.start(
                bench, "--gogogoapi.ledger.workers=2", "--gogogoapi.ledger.max-cached-accounts-per-worker=" + cached)) {
            var heap = new LinkedHashMap<Integer, Double>();
            heap.put(0, usedMebibytes());
            var touched = 0;
            // A tenth, what the caches hold at the scale's own setting, and all.
            for (var until :
                    List.of(scale.touchedAccounts() / 10, scale.touchedAccounts() / 5 * 2, scale.touchedAccounts())) {
                var from = touched;
                ledger.send(to -> Workload.accounts(from, until).forEach(account -> {
                    var quote = Workload.quote(account);
                    to.accept(Workload.grant(account));
                    to.accept(quote);
                    to.accept(Workload.completed(quote));
                }));
                ledger.awaitEvents((long) EVENTS_AN_ACCOUNT * until);
                touched = until;
                heap.put(touched, usedMebibytes());
                progress.say("%,d accounts a worker kept, %,d touched: heap %s"
                        .formatted(cached, touched, Figures.of(heap.get(touched), "MiB")));
            }
            ledger.stopIntake();
            return new Heap(heap, usedMebibytes());
        }
    }

    /** After a collection of everything that nobody refers to. */
    private static double usedMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_048_576.0;
    }

    private static Panel panel(Map<Integer, Heap> heaps, int all) {
        var bars = new ArrayList<Panel.Bar>();
        heaps.forEach((cached, heap) -> heap.byTouched().forEach((touched, mebibytes) -> {
            if (touched > 0) {
                bars.add(Panel.ours(
                        "%,d touched, %,d kept a worker".formatted(touched, cached),
                        Samples.of(Math.max(0, heap.grownAt(touched)))));
            }
        }));
        return new Panel(
                "Heap growth, up to %,d accounts".formatted(all),
                "Bounded by the accounts that a worker may keep, not by the accounts that there are.",
                "MiB",
                bars);
    }

    private static List<String> details(Map<Integer, Heap> heaps, int full) {
        var rows = new ArrayList<List<String>>();
        heaps.forEach((cached, heap) -> heap.byTouched()
                .forEach((touched, mebibytes) -> rows.add(
                        List.of("%,d".formatted(cached), "%,d".formatted(touched), Figures.number(mebibytes), ""))));
        heaps.forEach((cached, heap) ->
                rows.add(List.of("%,d".formatted(cached), "workers stopped", Figures.number(heap.givenBack()), "")));
        var first = heaps.values().iterator().next();
        return List.of(
                "Heap in use after a collection, of the one process that is ledger, broker and benchmark; "
                        + "`gogogoapi.ledger.max-cached-accounts-per-worker` is the configuration, with 2 workers.",
                Tables.of(
                        List.of("kept a worker", "accounts touched", "heap, MiB"),
                        rows.stream().map(row -> row.subList(0, 3)).toList()),
                "So an account that was used once takes about %s while it is kept."
                        .formatted(Figures.of(first.grownAt(full) * 1_024 / full, "KiB")));
    }
}
