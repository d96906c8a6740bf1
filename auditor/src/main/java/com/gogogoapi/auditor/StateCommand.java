package com.gogogoapi.auditor;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code state}: one account, now or as it was. */
@Command(
        name = "state",
        sortOptions = false,
        sortSynopsis = false,
        description =
                "Prints an account's state in its canonical form, and its hash. Ends with 1 where it had no event by then.")
final class StateCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final AccountAsOf account = new AccountAsOf();

    @Mixin
    private final HelpOption help = new HelpOption();

    StateCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        var replayed = account.replay(1, err);
        if (replayed.isEmpty()) {
            return 1;
        }
        var state = replayed.get().state();
        out.print(state.text());
        out.println("sha256 " + state.hashHex());
        return 0;
    }
}
