package com.gogogoapi.benchmark.quote;

import com.gogogoapi.benchmark.quote.QuotingLoad.Result;
import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * {@code ./gogogo bench quote}: quotes by HTTP from the service as it ships, clients and service in one process, and the
 * tokenizer alone on one thread. Prints what it measured as Markdown.
 */
public final class QuoteBenchmark {

    private static final int MIB = 1024 * 1024;

    /** @param requests how many different ones take turns */
    private record Size(int tokens, int requests, int clients) {}

    private static final List<Size> SIZES =
            List.of(new Size(100, 2_000, 16), new Size(10_000, 200, 8), new Size(1_000_000, 4, 2));

    private final QuotingLoad load;
    private final Duration warming;
    private final Duration measuring;
    private final Prompts prompts = new Prompts();

    private QuoteBenchmark(QuotingLoad load, boolean quick) {
        this.load = load;
        this.warming = Duration.ofSeconds(quick ? 3 : 10);
        this.measuring = Duration.ofSeconds(quick ? 5 : 20);
    }

    /** @param root the project's folder */
    public static void run(Path root, boolean quick) throws IOException, InterruptedException, ExecutionException {
        try (var running = RunningQuotes.start(root.resolve("testing/benchmark/target/data-quote"))) {
            new QuoteBenchmark(running.load(), quick).measure();
        }
    }

    private void measure() throws InterruptedException, ExecutionException {
        System.out.println(tokenizer());
        var rows = new ArrayList<List<String>>();
        for (var size : SIZES) {
            var requests = prompts.requests(RunningQuotes.MODEL, size.tokens(), size.requests());
            load.run(requests, size.clients(), warming);
            rows.add(row(size, load.run(requests, size.clients(), measuring)));
        }
        rows.add(besideLargeOnes());
        System.out.println(
                Tables.of(List.of("prompt tokens", "clients", "quotes/s", "p50", "p99", "prompt tokens/s"), rows));
        System.out.println("\n" + Runtime.getRuntime().availableProcessors() + " cores, heap at most "
                + Runtime.getRuntime().maxMemory() / MIB + " MiB, JDK " + Runtime.version());
    }

    private static List<String> row(Size size, Result result) {
        return List.of(
                Figures.number(size.tokens()),
                Integer.toString(size.clients()),
                Figures.number(result.perSecond()),
                Figures.of(result.millis(50), "ms"),
                Figures.of(result.millis(99), "ms"),
                Figures.number(result.perSecond() * size.tokens()));
    }

    /** Small quotes while two clients ask for the largest without a pause. */
    private List<String> besideLargeOnes() throws InterruptedException, ExecutionException {
        var large = prompts.requests(RunningQuotes.MODEL, SIZES.getLast().tokens(), 2);
        var small = prompts.requests(RunningQuotes.MODEL, SIZES.getFirst().tokens(), 2_000);
        var beside = CompletableFuture.supplyAsync(() -> {
            try {
                return load.run(large, 2, measuring);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
        var result = load.run(small, 2, measuring);
        var largeQuotes = beside.get();
        return List.of(
                "100, beside 1,000,000",
                "2 beside 2",
                Figures.number(result.perSecond()),
                Figures.of(result.millis(50), "ms"),
                Figures.of(result.millis(99), "ms"),
                "beside: " + Figures.number(largeQuotes.perSecond()) + " large quotes/s");
    }

    /** One thread, warm, on texts of ten thousand tokens. */
    private String tokenizer() {
        var texts = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> prompts.text(10_000))
                .toList();
        count(texts, warming);
        return "Tokenizer, one thread, warm: " + Figures.number(count(texts, measuring)) + " tokens/s\n";
    }

    private static double count(List<String> texts, Duration duration) {
        var started = System.nanoTime();
        var tokens = 0L;
        for (var i = 0; System.nanoTime() - started < duration.toNanos(); i++) {
            tokens += Tokenizer.deepSeek().count(texts.get(i % texts.size()));
        }
        return tokens / ((System.nanoTime() - started) / 1e9);
    }
}
