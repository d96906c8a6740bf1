package com.gogogoapi.auditor;

import com.gogogoapi.auditor.receipt.ReceiptCheck;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.receipt.ProvenReceipt;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** {@code receipt verify}: needs no installation, only the receipt and the key. */
final class ReceiptCommand {

    private ReceiptCommand() {}

    static int run(Arguments arguments, PrintStream out, PrintStream err) throws IOException {
        if (!arguments.word(1, "what to do with the receipt").equals("verify")) {
            throw new IllegalArgumentException("a receipt can be verified: receipt verify FILE --key KEY");
        }
        var keys = new ArrayList<VerifyingKey>();
        for (var file : arguments.all("--key")) {
            keys.add(VerifyingKey.parsePem(Files.readString(Path.of(file))));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("receipt verify needs --key");
        }
        var proven = EventJson.mapper()
                .readValue(Files.readAllBytes(Path.of(arguments.word(2, "the receipt's file"))), ProvenReceipt.class);
        var problems = new ReceiptCheck(
                        keys,
                        arguments.all("--checkpoint").stream().map(Path::of).toList())
                .problems(proven);
        problems.forEach(problem -> err.println("receipt: " + problem));
        out.println(
                problems.isEmpty()
                        ? "OK: " + proven.events().size() + " events, in "
                                + proven.checkpoints().size() + " checkpoints"
                        : "FAILED: " + problems.getFirst());
        return problems.isEmpty() ? 0 : 1;
    }
}
