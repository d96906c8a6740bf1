package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.Export;
import com.gogogoapi.auditor.source.LogSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** {@code checkpoint}: what an auditor takes home, to hold it against the log another day. */
final class CheckpointCommand {

    private CheckpointCommand() {}

    static int run(LogSource log, Arguments arguments, PrintStream out) throws IOException {
        var file = Path.of(arguments
                .option("--out")
                .orElseThrow(() -> new IllegalArgumentException("checkpoint needs --out FILE")));
        var count = Export.writeCheckpoints(log, file);
        out.println(count + " checkpoints to " + file);
        return count == 0 ? 1 : 0;
    }
}
