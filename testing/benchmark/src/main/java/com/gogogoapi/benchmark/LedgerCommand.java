package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.ledger.LedgerBenchmark;
import com.gogogoapi.benchmark.report.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./gogogo bench ledger}. Ends with 0 when the page is written, whether or not every target was met; with 1 when
 * measuring failed or took too long, and the servers are stopped then all the same.
 */
@Command(
        name = "ledger",
        description = "Measures the ledger. A whole run writes docs/benchmarks.md and its plot.",
        sortOptions = false)
final class LedgerCommand implements Callable<Integer> {

    private static final Duration LIMIT_A_ROUND = Duration.ofMinutes(5);
    private static final int FAILED = 1;

    @Mixin
    private final Options options;

    @Mixin
    private final HelpOption help = new HelpOption();

    LedgerCommand(Path root) {
        options = new Options(root);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var limit = LIMIT_A_ROUND.multipliedBy(Math.max(options.rounds(), Options.ROUNDS));
        try (var benchmark = LedgerBenchmark.start(options.data(), options.rounds(), options.quick())) {
            var stop = new Thread(() -> close(benchmark), "benchmark-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            var measuring = new FutureTask<>(() -> benchmark.run(options.only()));
            Thread.ofPlatform().name("benchmark").daemon().start(measuring);
            var found = measuring.get(limit.toSeconds(), TimeUnit.SECONDS);
            var page = Page.write(
                    options.template(), options.report(), kind(options) + "\n\n" + found.machine(), found.parts());
            System.err.println("Written: " + page);
            return 0;
        } catch (TimeoutException e) {
            System.err.println("gogogo: It must be done within " + limit.toMinutes() + " minutes, and was given up.");
            return FAILED;
        } catch (ExecutionException e) {
            System.err.println("gogogo: measuring failed");
            e.printStackTrace(System.err);
            return FAILED;
        }
    }

    private static void close(LedgerBenchmark benchmark) {
        try {
            benchmark.close();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("gogogo: the servers were not tidied up: " + e.getMessage());
        }
    }

    private static String kind(Options options) {
        var rounds = options.rounds() + (options.rounds() == 1 ? " round" : " rounds");
        var parts = options.only().isEmpty() ? "" : "; only " + String.join(", ", options.only());
        return options.quick()
                ? "**A quick run (" + rounds + parts
                        + "): it shows that the benchmark works; its figures are not the published ones.**"
                : "A full run (" + rounds + parts + ").";
    }
}
