package com.gogogoapi.usage.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Rows as CSV (RFC 4180). */
public final class Csv {

    private Csv() {}

    public static String of(Collection<String> header, Collection<? extends List<? extends @Nullable Object>> rows) {
        var csv = new StringBuilder();
        try (var printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
            printer.printRecord(header);
            for (var row : rows) {
                printer.printRecord(row.stream().map(Csv::cell));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory must be writable.", e);
        }
        return csv.toString();
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var text = value.toString();
        // A spreadsheet would run it; nothing here is negative, so only customers' own words are touched.
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
