package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Panel;
import com.gogogoapi.benchmark.report.PartReport;
import com.gogogoapi.benchmark.report.Samples;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.benchmark.report.Target;
import com.gogogoapi.ledger.account.AccountState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What memory many accounts take that are used once each: bounded by how many accounts a worker may keep, and not by how
 * many there are. Each account gets a grant, a hold and a charge through the running ledger; then the collector counts
 * the accounts that are still referred to. What they weigh is the difference to a heap without the workers; it scatters,
 * since broker and clients live on the same heap.
 */
final class TouchedAccounts implements Part {

    private static final int WORKERS = 2;

    /** Beside what a worker keeps there is a state for new accounts and one under decision. */
    private static final double BESIDE = 1.01;

    private static final int EVENTS_AN_ACCOUNT = 3;

    /**
     * @param inMemory accounts whose state is referred to
     * @param heapMebibytes of the whole process, all accounts touched
     * @param keptMebibytes of it, what went with the workers
     */
    private record Touched(int accounts, int keptAWorker, long inMemory, double heapMebibytes, double keptMebibytes) {
        @Override
        public String toString() {
            return "%,d accounts touched, at most %,d kept by each worker: %,d in memory, %s of a heap of %s"
                    .formatted(
                            accounts,
                            keptAWorker,
                            inMemory,
                            Figures.of(keptMebibytes, "MiB"),
                            Figures.of(heapMebibytes, "MiB"));
        }
    }

    @Override
    public String name() {
        return "touched";
    }

    @Override
    public PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException {
        var all = scale.touchedAccounts();
        var usual = scale.cachedAccountsPerWorker();
        // Shards are not dealt out evenly: twice what the workers may keep is what fills every one of them.
        var justFull = touch(bench, WORKERS * usual, usual / 2, progress);
        var beyond = touch(bench, all, usual / 2, progress);
        var shipped = touch(bench, all, usual, progress);
        var measured = List.of(justFull, beyond, shipped);
        return new PartReport(
                "Memory of accounts touched once",
                measured.stream().map(TouchedAccounts::bounded).toList(),
                List.of(new Panel(
                        "Accounts in memory",
                        "Bounded by how many a worker may keep, not by how many are touched.",
                        "accounts",
                        measured.stream()
                                .map(one -> Panel.ours(
                                        "%,d touched, %,d kept a worker".formatted(one.accounts(), one.keptAWorker()),
                                        Samples.of(one.inMemory())))
                                .toList())),
                details(measured));
    }

    private static Target bounded(Touched one) {
        return Target.atMost(
                "accounts in memory with %,d touched".formatted(one.accounts()),
                one.inMemory(),
                "what %d workers may keep".formatted(WORKERS),
                (double) WORKERS * one.keptAWorker(),
                "",
                BESIDE);
    }

    private static Touched touch(Bench bench, int accounts, int kept, Progress progress)
            throws IOException, SQLException, InterruptedException {
        try (var ledger = RunningLedger.start(
                bench,
                "--gogogoapi.ledger.workers=" + WORKERS,
                "--gogogoapi.ledger.max-cached-accounts-per-worker=" + kept)) {
            ledger.send(to -> Workload.accounts(0, accounts).forEach(account -> {
                var quote = Workload.quote(account);
                to.accept(Workload.grant(account));
                to.accept(quote);
                to.accept(Workload.completed(quote));
            }));
            ledger.awaitEvents((long) EVENTS_AN_ACCOUNT * accounts);
            ledger.awaitPublished((long) EVENTS_AN_ACCOUNT * accounts);
            var inMemory = LiveObjects.of(AccountState.class);
            var running = usedMebibytes();
            ledger.stopIntake();
            var touched = new Touched(accounts, kept, inMemory, running, Math.max(0, running - usedMebibytes()));
            progress.say(touched.toString());
            return touched;
        }
    }

    /** After a collection of everything that nobody refers to. */
    private static double usedMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_048_576.0;
    }

    private static List<String> details(List<Touched> measured) {
        var rows = new ArrayList<List<String>>();
        for (var one : measured) {
            rows.add(List.of(
                    "%,d".formatted(one.keptAWorker()),
                    "%,d".formatted(one.accounts()),
                    "%,d".formatted(one.inMemory()),
                    Figures.number(one.keptMebibytes()),
                    Figures.number(one.heapMebibytes())));
        }
        return List.of(
                "Accounts whose state is in memory, counted by the collector; the heap after a collection, of the one process that"
                        + " is ledger, broker and benchmark, and what of it went when the workers stopped. The configuration that bounds it is"
                        + " `gogogoapi.ledger.max-cached-accounts-per-worker`, here with %d workers."
                                .formatted(WORKERS),
                Tables.of(
                        List.of(
                                "kept by each worker",
                                "accounts touched",
                                "in memory",
                                "went with the workers, MiB",
                                "whole heap, MiB"),
                        rows));
    }
}
