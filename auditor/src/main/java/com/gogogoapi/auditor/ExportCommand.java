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

/** {@code export}: the whole log as JSON lines, as CSV, or as a journal for each shard. */
final class ExportCommand {

    private ExportCommand() {}

    static int run(LogSource log, Arguments arguments, PrintStream out) throws IOException {
        var folder = Path.of(
                arguments.option("--out").orElseThrow(() -> new IllegalArgumentException("export needs --out FOLDER")));
        var format = arguments.option("--format").orElse("jsonl");
        var written =
                switch (format) {
                    case "jsonl" -> Export.write(log, folder) + " events";
                    case "csv" -> csv(log, folder) + " events";
                    case "hledger" -> journals(log, folder) + " transactions";
                    default -> throw new IllegalArgumentException("--format is jsonl, csv or hledger");
                };
        out.println(written + " to " + folder);
        return 0;
    }

    private static long csv(LogSource log, Path folder) throws IOException {
        Files.createDirectories(folder);
        var events = 0L;
        for (var shard = 0; shard < log.shards(); shard++) {
            try (var reader = log.shard(shard);
                    var rows = reader.rows();
                    var file = Files.newBufferedWriter(file(folder, shard, "csv"), UTF_8)) {
                file.write(EventCsv.HEADER + "\r\n");
                for (var row = rows.next(); row != null; row = rows.next()) {
                    file.write(EventCsv.line(row, row.event()) + "\r\n");
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
