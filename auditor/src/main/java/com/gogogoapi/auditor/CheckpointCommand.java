package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.Export;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code checkpoint}: what an auditor takes home, to hold it against the log another day. */
@Command(
        name = "checkpoint",
        sortOptions = false,
        sortSynopsis = false,
        description =
                "Writes the signed checkpoints into a file, to be kept elsewhere. Ends with 1 where there is none.")
final class CheckpointCommand implements Callable<Integer> {

    private final PrintStream out;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            order = 1,
            description = "The file to write, a checkpoint a line. Required.")
    @SuppressWarnings("NullAway.Init") // Required, so it is set before the command runs.
    private Path file;

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final HelpOption help = new HelpOption();

    CheckpointCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (var opened = source.open()) {
            var count = Export.writeCheckpoints(opened.log(), file);
            out.println(count + " checkpoints to " + file);
            return count == 0 ? 1 : 0;
        }
    }
}
