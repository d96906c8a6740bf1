package com.gogogoapi.auditor;

import com.gogogoapi.auditor.verify.Evidence;
import com.gogogoapi.auditor.verify.LiveStates;
import com.gogogoapi.auditor.verify.Verification;
import com.gogogoapi.auditor.verify.Verification.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code verify}: everything that can be checked; one line at the end, and 0 or 1. */
final class VerifyCommand {

    private static final int MAX_SHOWN = 20;

    private VerifyCommand() {}

    static int run(Opened opened, Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException {
        var threads = arguments
                .number("--threads", 1, 64)
                .orElse((long) Runtime.getRuntime().availableProcessors())
                .intValue();
        var given = arguments.all("--checkpoint").stream().map(Path::of).toList();
        err.println("verify: " + opened.description() + ", "
                + (opened.topic().isPresent() ? "log and topic" : "log alone")
                + (opened.live() == LiveStates.NONE ? "" : ", and what it answers itself"));
        if (opened.keys().isEmpty()) {
            err.println("verify: no --key, so the checkpoints' signatures are not checked");
        } else if (opened.keysAreTheInstallationsOwn()) {
            err.println("verify: no --key, so the key is the one that lies beside the data");
        }
        var started = System.nanoTime();
        var evidence = Evidence.of(opened.log(), opened.topic(), opened.keys(), given, opened.live());
        var verdict = new Verification(evidence, threads, line -> err.println("verify: " + line)).run();
        verdict.notices().stream().limit(MAX_SHOWN).forEach(notice -> err.println("verify: " + notice));
        if (verdict.unpublishedPrices() > 0 && opened.topic().isPresent()) {
            err.println("verify: " + verdict.unpublishedPrices()
                    + " holds and charges pin a price version that route-prices does not have");
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
}
