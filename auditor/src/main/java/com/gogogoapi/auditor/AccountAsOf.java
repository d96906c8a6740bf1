package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.verify.AccountReplay;
import com.gogogoapi.auditor.verify.AccountReplay.Replayed;
import com.gogogoapi.auditor.verify.AccountReplay.Until;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** An account that a command line asks for, now or as it was. */
final class AccountAsOf {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's id.")
    @SuppressWarnings("NullAway.Init") // Required, so it is set before any command runs.
    private String account;

    @Mixin
    private final Source source = new Source();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            order = 1,
            converter = InstantConverter.class,
            description = "As of its last event that was decided no later, an instant in UTC such as"
                    + " 2026-11-23T12:00:00Z. Default: now.")
    private @Nullable Instant at;

    @Option(
            names = "--seq",
            paramLabel = "N",
            order = 2,
            converter = SequenceConverter.class,
            description = "As of its event of this number; its first is 0. Default: its last.")
    private long sequence = Long.MAX_VALUE;

    /**
     * What it was then; none where it had no event by then, or where its events cannot follow each other, and that is said.
     * Of an instant and a number, the earlier counts.
     *
     * @param lines how many of its events are kept
     */
    Optional<Replayed> replay(int lines, PrintStream err) throws IOException, SQLException {
        try (var opened = source.open()) {
            return replay(opened.log(), lines, err);
        }
    }

    private Optional<Replayed> replay(LogSource log, int lines, PrintStream err) {
        try {
            var replayed = AccountReplay.of(log, account, new Until(at, sequence), lines);
            if (replayed.isEmpty()) {
                err.println("audit: The account " + account + " must have an event by then.");
            }
            return replayed;
        } catch (IllegalStateException e) {
            err.println("audit: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static final class SequenceConverter extends WholeNumber {

        SequenceConverter() {
            super(0, Long.MAX_VALUE);
        }
    }

    private static final class InstantConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "The instant must be one in UTC such as 2026-11-23T12:00:00Z, not '" + text + "'.");
            }
        }
    }
}
