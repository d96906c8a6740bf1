package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.quote.QuoteBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./gogogo bench quote}. */
@Command(
        name = "quote",
        description = "Measures quotes of 100, 10,000 and 1,000,000 tokens, and prints what it measured as Markdown.")
final class QuoteCommand implements Callable<Integer> {

    private final Path root;

    @Option(names = "--quick", description = "Each size for 5 seconds after 3 of warming up. Default: 20 after 10.")
    private boolean quick;

    @Mixin
    private final HelpOption help = new HelpOption();

    QuoteCommand(Path root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        QuoteBenchmark.run(root, quick);
        return 0;
    }
}
