package com.gogogoapi.benchmark.deposits;

import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Tables;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code ./gogogo bench deposits}: the funding-service and the ledger-service as they ship, in this process, on a local chain. First what
 * arrived while the service was away is recorded and credited; then the chain makes blocks at a steady rate. Prints Markdown.
 */
public final class DepositsBenchmark {

    private static final int MIB = 1024 * 1024;
    private static final int PAID_AT_ONCE = 100;
    private static final int PAYMENTS_A_BLOCK = 5;
    private static final int BLOCKS_A_SECOND = 50;
    private static final int PAID_A_BLOCK = 2;
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(4);

    /** Where everything is final nothing else is shown. */
    private static final String SHOWN =
            "select greatest(final_height, (select coalesce(max(height), 0) from tip_block)) from chain_watch";

    private final BusyChain chain;
    private final RunningFunding running;
    private final int accounts;
    private final int deposits;
    private final Duration measuring;
    private final List<List<String>> rows = new ArrayList<>();
    private long paid;

    private DepositsBenchmark(BusyChain chain, RunningFunding running, boolean quick) {
        this.chain = chain;
        this.running = running;
        this.accounts = quick ? 10_000 : 100_000;
        this.deposits = quick ? 2_000 : 10_000;
        this.measuring = Duration.ofSeconds(quick ? 15 : 60);
    }

    /** @param root the project's folder */
    public static void run(Path root, boolean quick) throws IOException, SQLException, InterruptedException {
        try (var chain = new BusyChain();
                var running = new RunningFunding(root.resolve("testing/benchmark/target/data-deposits"), chain)) {
            new DepositsBenchmark(chain, running, quick).measure();
        }
    }

    private void measure() throws SQLException, InterruptedException {
        var heapBefore = heapAfterCollection();
        var addresses = running.giveAddresses(accounts);
        running.stopFunding();
        whatArrivedMeanwhile(addresses);
        steadyBlocks(addresses);
        row(
                "heap after a collection: no address, all of them",
                Figures.number(heapBefore / MIB) + " MiB, " + Figures.number(heapAfterCollection() / MIB) + " MiB");
        System.out.println(Tables.of(List.of(Figures.number(accounts) + " addresses", ""), rows));
        System.out.println("\n" + Runtime.getRuntime().availableProcessors() + " cores, JDK " + Runtime.version());
    }

    private void row(String what, String measured) {
        System.err.println(what + ": " + measured);
        rows.add(List.of(what, measured));
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void whatArrivedMeanwhile(List<String> addresses) throws SQLException, InterruptedException {
        for (var first = 0; first < deposits; first += PAID_AT_ONCE) {
            chain.pay(addresses.subList(first, first + PAID_AT_ONCE));
            if (first / PAID_AT_ONCE % PAYMENTS_A_BLOCK == PAYMENTS_A_BLOCK - 1) {
                chain.chain.mine(1);
            }
        }
        paid += deposits;
        chain.chain.mine(BusyChain.FINALITY + 1);
        var started = System.nanoTime();
        running.startFunding();
        var recorded = secondsUntil("select count(*) from deposit where final_at is not null", deposits, started);
        var credited = secondsUntil("select count(*) from deposit where state = 'credited'", deposits, started);
        row(Figures.number(deposits) + " that arrived meanwhile, recorded as final", perSecond(deposits, recorded));
        row("the same, credited by the ledger", perSecond(deposits, credited));
    }

    private static String perSecond(long count, double seconds) {
        return Figures.number(count / seconds) + " a second (" + Figures.number(seconds) + " s, its start included)";
    }

    private double secondsUntil(String count, long all, long started) throws SQLException, InterruptedException {
        while (running.number(count) < all) {
            if (System.nanoTime() - started > GIVE_UP_AFTER.toNanos()) {
                return Double.NaN;
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private void steadyBlocks(List<String> addresses) throws SQLException, InterruptedException {
        var alone = System.nanoTime();
        for (var block = 0; block < 4 * BLOCKS_A_SECOND; block++) {
            chain.chain.mine(1);
        }
        row(
                "empty blocks a second that the local chain makes, asked one by one",
                Figures.number(4 * BLOCKS_A_SECOND / ((System.nanoTime() - alone) / 1e9)));
        var from = chain.chain.height();
        var started = System.nanoTime();
        var stop = new AtomicBoolean();
        var maker = Thread.ofPlatform().name("blocks").start(() -> makeBlocks(addresses, started, stop));
        var tip = new ArrayList<Double>();
        var finals = new ArrayList<Double>();
        while (System.nanoTime() - started < measuring.toNanos()) {
            Thread.sleep(1_000);
            var height = chain.chain.height();
            tip.add((double) height - running.number(SHOWN));
            finals.add((double) height - BusyChain.FINALITY - running.number("select final_height from chain_watch"));
        }
        stop.set(true);
        maker.join();
        var seconds = (System.nanoTime() - started) / 1e9;
        var rate = (chain.chain.height() - from) / seconds;
        row("blocks a second that were made, each with " + PAID_A_BLOCK + " deposits", Figures.number(rate));
        row("newest block to shown: median, most", lag(tip, rate));
        row("newest final block to recorded: median, most", lag(finals, rate));
        chain.chain.mine(BusyChain.FINALITY + 1);
        var after = secondsUntil("select count(*) from deposit where state = 'credited'", paid, System.nanoTime());
        row("after the last was final, until all " + Figures.number(paid) + " were credited", Figures.of(after, "s"));
    }

    private void makeBlocks(List<String> addresses, long started, AtomicBoolean stop) {
        for (var block = 0; !stop.get(); block++) {
            var due = started + block * 1_000_000_000L / BLOCKS_A_SECOND;
            while (System.nanoTime() < due) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    return;
                }
            }
            var first = block * PAID_A_BLOCK % (addresses.size() - PAID_A_BLOCK);
            chain.pay(addresses.subList(first, first + PAID_A_BLOCK));
            chain.chain.mine(1);
            paid += PAID_A_BLOCK;
        }
    }

    private static String lag(List<Double> blocks, double rate) {
        var sorted = blocks.stream().sorted().toList();
        var median = sorted.get(sorted.size() / 2);
        return Figures.of(median / rate, "s") + ", " + Figures.of(sorted.getLast() / rate, "s") + " ("
                + Figures.number(median) + ", " + Figures.number(sorted.getLast()) + " blocks)";
    }
}
