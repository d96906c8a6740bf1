package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.ledger.LedgerBenchmark;
import com.gogogoapi.benchmark.quote.QuoteBenchmark;
import com.gogogoapi.benchmark.report.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code ./gogogo bench}: measures and writes what it measured. Ends with 0 when the page is written, whether or not
 * every target was met; with 1 when measuring failed or took too long, and the servers are stopped then all the same.
 */
public final class Benchmarks {

    private static final Duration LIMIT_A_ROUND = Duration.ofMinutes(5);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Benchmarks() {}

    /** @param arguments the project's folder, then what the user gave */
    public static void main(String[] arguments) {
        if (arguments.length > 1 && arguments[1].equals("quote")) {
            System.exit(
                    QuoteBenchmark.run(Path.of(arguments[0]), List.of(arguments).subList(2, arguments.length)));
        }
        Options options;
        try {
            var given = List.of(arguments);
            options = Options.parse(Path.of(given.getFirst()), given.subList(1, given.size()));
        } catch (IllegalArgumentException e) {
            System.err.println("gogogo: " + e.getMessage());
            System.err.println(Options.USAGE + String.join(", ", LedgerBenchmark.names()));
            System.exit(MISUSED);
            return;
        }
        // Consumer threads and pools of a failed part may live on: the end is said, not waited for.
        System.exit(measure(options));
    }

    private static int measure(Options options) {
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
            System.err.println("gogogo: not done within " + limit.toMinutes() + " minutes; given up");
            return FAILED;
        } catch (ExecutionException e) {
            System.err.println("gogogo: measuring failed");
            e.printStackTrace(System.err);
            return FAILED;
        } catch (IOException e) {
            e.printStackTrace(System.err);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
