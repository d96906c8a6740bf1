package com.gogogoapi.ledger.statement;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement as CSV (RFC 4180). */
final class StatementCsv {

    private static final String HEADER = "sequence,at,type,request_id,amount_usd,refunded_usd,overrun_usd,model,"
            + "price_version,prompt_tokens,cached_prompt_tokens,completion_tokens,rule,reference,available_usd,held_usd,reason,"
            + "priority,expires_at,burned";

    private StatementCsv() {}

    static String of(List<StatementLine> lines) {
        return Stream.concat(Stream.of(HEADER), lines.stream().map(StatementCsv::row))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String row(StatementLine line) {
        return Stream.of(
                        cell(line.sequence()),
                        cell(line.at()),
                        cell(line.type()),
                        cell(line.requestId()),
                        cell(line.amountUsd()),
                        cell(line.refundedUsd()),
                        cell(line.overrunUsd()),
                        cell(line.model()),
                        cell(line.priceVersion()),
                        cell(line.promptTokens()),
                        cell(line.cachedPromptTokens()),
                        cell(line.completionTokens()),
                        cell(line.rule()),
                        cell(line.reference()),
                        cell(line.availableUsd()),
                        cell(line.heldUsd()),
                        cell(line.reason()),
                        cell(line.priority()),
                        cell(line.expiresAt()),
                        cell(burned(line)))
                .collect(Collectors.joining(","));
    }

    /** Each grant with what it paid, in turn: {@code ID AMOUNT; ID AMOUNT}. */
    private static @Nullable String burned(StatementLine line) {
        return line.burned() == null
                ? null
                : line.burned().stream()
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
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
