package com.gogogoapi.auditor;

import com.gogogoapi.auditor.journal.StatementCsv;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statement}: one account's events, as the API answers them. */
@Command(
        name = "statement",
        sortOptions = false,
        sortSynopsis = false,
        description = "Prints an account's events, newest first, as CSV. Ends with 1 where it had no event by then.")
final class StatementCommand implements Callable<Integer> {

    private static final int MAX_LINES = 1_000_000;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final AccountAsOf account = new AccountAsOf();

    @Option(
            names = "--limit",
            paramLabel = "N",
            order = 3,
            converter = LimitConverter.class,
            description = "How many events at most, 1 to " + MAX_LINES + ". Default: ${DEFAULT-VALUE}.")
    private long limit = 1_000;

    @Mixin
    private final HelpOption help = new HelpOption();

    StatementCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        var replayed = account.replay((int) limit, err);
        if (replayed.isEmpty()) {
            return 1;
        }
        StatementCsv.write(replayed.get().latest(), out);
        return 0;
    }

    private static final class LimitConverter extends WholeNumber {

        LimitConverter() {
            super(1, MAX_LINES);
        }
    }
}
