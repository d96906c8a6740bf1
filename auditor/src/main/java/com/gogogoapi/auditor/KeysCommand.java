package com.gogogoapi.auditor;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys}: the installation's own, as an auditor takes it home. */
@Command(
        name = "keys",
        sortOptions = false,
        sortSynopsis = false,
        description =
                "Prints the public key that lies beside the data, and its name in checkpoints. Ends with 2 where none does.")
final class KeysCommand implements Callable<Integer> {

    private final PrintStream out;

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final HelpOption help = new HelpOption();

    KeysCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (var opened = source.open()) {
            opened.keys().forEach(key -> out.print(key.id() + "\n" + key.pem()));
            return opened.keys().isEmpty() ? Auditor.UNTOLD : 0;
        }
    }
}
