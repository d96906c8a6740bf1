package com.gogogoapi.auditor;

import com.gogogoapi.auditor.verify.Evidence;
import com.gogogoapi.auditor.verify.LiveStates;
import com.gogogoapi.auditor.verify.PublishedPrices;
import com.gogogoapi.auditor.verify.Verification;
import com.gogogoapi.auditor.verify.Verification.Verdict;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: everything that can be checked; one line at the end, and 0 or 1. */
@Command(
        name = "verify",
        sortOptions = false,
        sortSynopsis = false,
        description = "Checks everything that can be checked. One line at the end, exit code 0 or 1.")
final class VerifyCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 20;
    private static final int MAX_THREADS = 64;

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            order = 1,
            description =
                    "A public key (PEM) by which checkpoints must be signed; may be repeated. Default: the one that"
                            + " lies beside the data; none with --jdbc and --export, and then no signature is checked.")
    private List<Path> keys = List.of();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            order = 2,
            description = "Checkpoints that you kept, with which the log must agree; may be repeated. Default: none but"
                    + " those of the log itself.")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--threads",
            paramLabel = "N",
            order = 3,
            converter = ThreadsConverter.class,
            description = "How many shards are read at a time, 1 to " + MAX_THREADS
                    + ". Default: as many as there are cores.")
    private long threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--priced-within",
            paramLabel = "DURATION",
            order = 4,
            converter = ShortDuration.class,
            description =
                    "How long before its hold a request may have been priced, such as 90s, 6m or 1h: the sum of the"
                            + " installation's gogogoapi.quote.validity, decision-window and prices-trusted-for. Default: 6m,"
                            + " what they are unless set.")
    private Duration pricedWithin = PublishedPrices.USUALLY_PRICED_WITHIN;

    @Option(
            names = "--order-key",
            paramLabel = "FILE",
            order = 5,
            description = "A public key (PEM) that the ledger may trust by its own word to sign orders with; may be"
                    + " repeated. Any other that no trusted key vouches for is a finding. Default: any.")
    private List<Path> orderKeys = List.of();

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final HelpOption help = new HelpOption();

    VerifyCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        try (var opened = source.open(KeyFiles.read(keys))) {
            return verify(opened, KeyFiles.read(orderKeys));
        }
    }

    private int verify(Opened opened, List<VerifyingKey> mayBeTrusted) throws InterruptedException {
        err.println("verify: " + opened.description() + ", "
                + (opened.topic().isPresent() ? "log and topic" : "log alone")
                + (opened.live() == LiveStates.NONE ? "" : ", and what it answers itself"));
        if (opened.keys().isEmpty()) {
            err.println("verify: no --key, so the checkpoints' signatures are not checked");
        } else if (opened.keysAreTheInstallationsOwn()) {
            err.println("verify: no --key, so the key is the one that lies beside the data");
        }
        var started = System.nanoTime();
        var evidence = Evidence.of(
                opened.log(), opened.topic(), opened.keys(), mayBeTrusted, checkpoints, pricedWithin, opened.live());
        var verdict = new Verification(evidence, (int) threads, line -> err.println("verify: " + line)).run();
        verdict.notices().stream().limit(MAX_SHOWN).forEach(notice -> err.println("verify: " + notice));
        if (verdict.uncheckedPrices() > 0) {
            err.println("verify: no topic, so the prices of " + verdict.uncheckedPrices()
                    + " holds are held against nothing that was published");
        }
        verdict.ordersByKey().forEach((key, orders) -> err.println("verify: " + orders + " orders signed by " + key));
        if (verdict.unsignedOrders() > 0) {
            err.println("verify: " + verdict.unsignedOrders() + " orders are from before orders were signed");
        }
        if (verdict.transfersUnderWay() > 0) {
            err.println(
                    "verify: " + verdict.transfersUnderWay() + " transfers left an account and have not arrived yet");
        }
        verdict.problems().stream().limit(MAX_SHOWN).forEach(problem -> err.println("verify: " + problem));
        verdict.findings().stream().limit(MAX_SHOWN).forEach(finding -> err.println("verify: " + finding));
        out.println(lastLine(verdict, System.nanoTime() - started));
        return verdict.isGood() ? 0 : 1;
    }

    private static String lastLine(Verdict verdict, long nanos) {
        if (!verdict.isGood()) {
            var first = verdict.findings().isEmpty()
                    ? verdict.problems().getFirst()
                    : verdict.findings().getFirst().toString();
            var more = verdict.findings().size() + verdict.problems().size() - 1;
            return "FAILED: " + first + (more == 0 ? "" : " (and " + more + " more)");
        }
        var millis = Math.max(1, nanos / 1_000_000);
        return "OK: %d events, %d accounts, %d checkpoints, states %s; %d events/s, peak memory %s"
                .formatted(
                        verdict.events(),
                        verdict.accounts(),
                        verdict.checkpoints(),
                        verdict.statesHash().substring(0, 16),
                        verdict.events() * 1000 / millis,
                        peakMemory());
    }

    /** The most this process ever had resident, where the system tells. */
    private static String peakMemory() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .map(kilobytes -> Long.parseLong(kilobytes) / 1024 + " MB")
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown on this system";
        }
    }

    private static final class ThreadsConverter extends WholeNumber {

        ThreadsConverter() {
            super(1, MAX_THREADS);
        }
    }
}
