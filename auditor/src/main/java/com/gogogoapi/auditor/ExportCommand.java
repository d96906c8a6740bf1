package com.gogogoapi.auditor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.auditor.journal.EventCsv;
import com.gogogoapi.auditor.journal.JournalWriter;
import com.gogogoapi.auditor.source.Export;
import com.gogogoapi.auditor.source.LogSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: the whole log as JSON lines, as CSV, or as a journal for each shard. */
@Command(
        name = "export",
        sortOptions = false,
        sortSynopsis = false,
        description = "Writes the whole log into a folder, a file for each shard.")
final class ExportCommand implements Callable<Integer> {

    private enum Format {
        JSONL,
        CSV,
        HLEDGER
    }

    private final PrintStream out;

    @Option(names = "--out", paramLabel = "FOLDER", required = true, order = 1, description = "The folder. Required.")
    @SuppressWarnings("NullAway.Init") // Required, so it is set before the command runs.
    private Path folder;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            order = 2,
            description = "jsonl, which can be audited in the log's place; csv; or hledger, a journal of plain text"
                    + " accounting. Default: jsonl.")
    private Format format = Format.JSONL;

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final HelpOption help = new HelpOption();

    ExportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (var opened = source.open()) {
            var log = opened.log();
            var written =
                    switch (format) {
                        case JSONL -> Export.write(log, folder) + " events";
                        case CSV -> csv(log, folder) + " events";
                        case HLEDGER -> journals(log, folder) + " transactions";
                    };
            out.println(written + " to " + folder);
            return 0;
        }
    }

    private static long csv(LogSource log, Path folder) throws IOException {
        Files.createDirectories(folder);
        var events = 0L;
        for (var shard = 0; shard < log.shards(); shard++) {
            try (var reader = log.shard(shard);
                    var rows = reader.rows();
                    var file = Files.newBufferedWriter(file(folder, shard, "csv"), UTF_8)) {
                var csv = new EventCsv(file);
                for (var row = rows.next(); row != null; row = rows.next()) {
                    csv.write(row, row.event());
                    events++;
                }
            }
        }
        return events;
    }

    private static long journals(LogSource log, Path folder) throws IOException {
        Files.createDirectories(folder);
        var transactions = 0L;
        for (var shard = 0; shard < log.shards(); shard++) {
            try (var reader = log.shard(shard);
                    var rows = reader.rows();
                    var file = Files.newBufferedWriter(file(folder, shard, "journal"), UTF_8)) {
                var journal = new JournalWriter(file, shard);
                for (var row = rows.next(); row != null; row = rows.next()) {
                    journal.write(row, row.event());
                }
                transactions += journal.transactions();
            }
        }
        return transactions;
    }

    private static Path file(Path folder, int shard, String extension) {
        return folder.resolve("shard-" + (shard < 10 ? "0" : "") + shard + "." + extension);
    }
}
