package com.gogogoapi.auditor;

import com.gogogoapi.auditor.receipt.ReceiptCheck;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.receipt.ProvenReceipt;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code receipt verify}: needs no installation, only the receipt and the key. */
@Command(
        name = "receipt",
        description = "Checks a receipt, without any installation.",
        synopsisSubcommandLabel = "COMMAND")
final class ReceiptCommand {

    @Mixin
    private final HelpOption help = new HelpOption();

    @Command(
            name = "verify",
            sortOptions = false,
            sortSynopsis = false,
            description = "Checks a receipt, without any installation.")
    static final class Verify implements Callable<Integer> {

        private final PrintStream out;
        private final PrintStream err;

        @Parameters(paramLabel = "FILE", description = "The receipt, as the API answered it.")
        @SuppressWarnings("NullAway.Init") // Required, so it is set before the command runs.
        private Path file;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                required = true,
                description = "A public key (PEM) by which it must be signed; may be repeated. Required.")
        private List<Path> keys = List.of();

        @Option(
                names = "--checkpoint",
                paramLabel = "FILE",
                description = "Checkpoints that you kept, which its own must be; may be repeated. Default: none.")
        private List<Path> checkpoints = List.of();

        @Mixin
        private final HelpOption help = new HelpOption();

        Verify(PrintStream out, PrintStream err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public Integer call() throws IOException {
            var proven = EventJson.mapper().readValue(Files.readAllBytes(file), ProvenReceipt.class);
            var problems = new ReceiptCheck(KeyFiles.read(keys), checkpoints).problems(proven);
            problems.forEach(problem -> err.println("receipt: " + problem));
            out.println(
                    problems.isEmpty()
                            ? "OK: " + proven.events().size() + " events, in "
                                    + proven.checkpoints().size() + " checkpoints"
                            : "FAILED: " + problems.getFirst());
            return problems.isEmpty() ? 0 : 1;
        }
    }
}
