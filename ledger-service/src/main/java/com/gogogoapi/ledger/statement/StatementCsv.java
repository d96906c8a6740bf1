package com.gogogoapi.ledger.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * A statement as CSV (RFC 4180).
 *
 * <p>What needs quotes is decided here: the library's own minimum also quotes what begins with a number sign or a space,
 * and these bytes are ones that others compare.
 */
final class StatementCsv {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
    private static final CSVFormat QUOTED =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

    private record Column(String name, Function<StatementLine, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("sequence", StatementLine::sequence),
            new Column("at", line -> line.subject().at()),
            new Column("type", line -> line.subject().type()),
            new Column("request_id", line -> line.subject().requestId()),
            new Column("amount_usd", line -> line.subject().amountUsd()),
            new Column("refunded_usd", line -> line.request().refundedUsd()),
            new Column("overrun_usd", line -> line.request().overrunUsd()),
            new Column("model", line -> line.request().model()),
            new Column("price_version", line -> line.request().priceVersion()),
            new Column("prompt_tokens", line -> line.request().tokens().prompt()),
            new Column("cached_prompt_tokens", line -> line.request().tokens().cachedPrompt()),
            new Column("completion_tokens", line -> line.request().tokens().completion()),
            new Column("rule", line -> line.basis().rule()),
            new Column("reference", line -> line.basis().reference()),
            new Column("available_usd", line -> line.creditAfter().availableUsd()),
            new Column("held_usd", line -> line.creditAfter().heldUsd()),
            new Column("reason", line -> line.grants().reason()),
            new Column("priority", line -> line.grants().priority()),
            new Column("expires_at", line -> line.grants().expiresAt()),
            new Column("burned", line -> burned(line.grants())));

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(COLUMNS.stream().map(Column::name).toArray(String[]::new))
            .setQuote(null)
            .get();

    private StatementCsv() {}

    static String of(List<StatementLine> lines) {
        var csv = new StringBuilder();
        try (var printer = new CSVPrinter(csv, FORMAT)) {
            for (var line : lines) {
                printer.printRecord(
                        COLUMNS.stream().map(column -> cell(column.value().apply(line))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory must be writable.", e);
        }
        return csv.toString();
    }

    /** Each grant with what it paid, in turn: {@code ID AMOUNT; ID AMOUNT}. */
    private static @Nullable String burned(StatementLine.GrantDetails grants) {
        return grants.burned() == null
                ? null
                : grants.burned().stream()
                        .map(part -> part.grantId() + " " + part.amountUsd())
                        .collect(Collectors.joining("; "));
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
