package com.gogogoapi.auditor.journal;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it.
 *
 * <p>What needs quotes is decided here: the library's own minimum also quotes what begins with a number sign or a space,
 * and a statement must be the API's to the byte.
 */
final class Csv {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
    private static final CSVFormat PLAIN =
            CSVFormat.RFC4180.builder().setQuote(null).get();
    private static final CSVFormat QUOTED =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

    private final CSVPrinter printer;

    /** Begins with the names of the columns. */
    Csv(Appendable out, String... header) throws IOException {
        printer = new CSVPrinter(out, PLAIN.builder().setHeader(header).get());
    }

    void print(Stream<@Nullable Object> cells) throws IOException {
        printer.printRecord(cells.map(Csv::cell));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var text = value.toString();
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            // A spreadsheet would run it; amounts here are never negative, so only free text is touched.
            text = "'" + text;
        }
        return NEEDS_QUOTES.matcher(text).find() ? QUOTED.format(text) : text;
    }
}
