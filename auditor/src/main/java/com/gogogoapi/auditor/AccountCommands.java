package com.gogogoapi.auditor;

import com.gogogoapi.auditor.journal.StatementCsv;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.verify.AccountReplay;
import com.gogogoapi.auditor.verify.AccountReplay.Until;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** {@code state} and {@code statement}: one account, now or as it was. */
final class AccountCommands {

    private static final int DEFAULT_LINES = 1_000;
    private static final int MAX_LINES = 1_000_000;

    private AccountCommands() {}

    static int state(LogSource log, Arguments arguments, PrintStream out, PrintStream err) {
        var account = arguments.word(1, "the account");
        var replayed = AccountReplay.of(log, account, until(arguments), 1);
        if (replayed.isEmpty()) {
            err.println("audit: " + account + " had no event by then");
            return 1;
        }
        var state = replayed.get().state();
        out.print(state.text());
        out.println("sha256 " + state.hashHex());
        return 0;
    }

    static int statement(LogSource log, Arguments arguments, PrintStream out, PrintStream err) {
        var account = arguments.word(1, "the account");
        var lines = arguments
                .number("--limit", 1, MAX_LINES)
                .orElse((long) DEFAULT_LINES)
                .intValue();
        var replayed = AccountReplay.of(log, account, until(arguments), lines);
        if (replayed.isEmpty()) {
            err.println("audit: " + account + " had no event by then");
            return 1;
        }
        out.print(StatementCsv.of(replayed.get().latest()));
        return 0;
    }

    private static Until until(Arguments arguments) {
        var sequence = arguments.number("--seq", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        var at = arguments.option("--at");
        try {
            return new Until(at.isPresent() ? Instant.parse(at.get()) : null, sequence);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("--at is an instant such as 2026-11-23T12:00:00Z", e);
        }
    }
}
