package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.deposits.DepositsBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./gogogo bench deposits}. */
@Command(
        name = "deposits",
        description =
                "Measures how fast deposits are credited and how far the watcher is behind a local chain at 50 blocks"
                        + " a second with 100,000 addresses, and prints what it measured as Markdown.")
final class DepositsCommand implements Callable<Integer> {

    private final Path root;

    @Option(
            names = "--quick",
            description =
                    "With 10,000 addresses, 2,000 deposits, and 15 seconds of blocks. Default: 100,000, 10,000, 60.")
    private boolean quick;

    @Mixin
    private final HelpOption help = new HelpOption();

    DepositsCommand(Path root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        DepositsBenchmark.run(root, quick);
        return 0;
    }
}
