package com.gogogoapi.auditor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.evidence.log.LogRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement's CSV to the byte, as the API answers it. */
class StatementCsvTest {

    private static final String HEADER = "sequence,at,type,request_id,amount_usd,refunded_usd,overrun_usd,model,"
            + "price_version,prompt_tokens,cached_prompt_tokens,completion_tokens,rule,reference,available_usd,held_usd,"
            + "reason,priority,expires_at,burned\r\n";

    private static String csv(List<LogRow> rows) throws IOException {
        var out = new StringBuilder();
        StatementCsv.write(rows, out);
        return out.toString();
    }

    @Test
    void anAccountWithoutEventsHasTheHeaderOnly() throws IOException {
        assertThat(csv(List.of())).isEqualTo(HEADER);
    }

    @Test
    void everyTypeOfEventFillsItsColumns() throws IOException {
        assertThat(csv(MadeRows.ofEveryType())).isEqualTo(HEADER + """
                0,2026-11-23T12:00:00.120Z,grant,01a210a0-a5c0-7000-8000-000000000010,5.00,,,,,,,,STABLECOIN_DEPOSIT,deposit,4.50,0.25,,10,2026-12-01T00:00:00Z,
                1,2026-11-23T12:00:00.120Z,hold,01a210a0-a5c0-7000-8000-000000000020,0.25,,,deepseek-v4-flash,flash@1,,,,,,4.50,0.25,,,,
                2,2026-11-23T12:00:00.120Z,refusal,01a210a0-a5c0-7000-8000-000000000030,9.00,,,,,,,,INSUFFICIENT_CREDIT,,4.50,0.25,,,,
                3,2026-11-23T12:00:00.120Z,charge,01a210a0-a5c0-7000-8000-000000000020,0.03,0.22,0.00,deepseek-v4-flash,flash@1,100,40,50,COMPLETED,,4.50,0.25,,,,01a210a0-a5c0-7000-8000-000000000010 0.01; 01a210a0-a5c0-7000-8000-000000000090 0.02
                4,2026-11-23T12:00:00.120Z,release,01a210a0-a5c0-7000-8000-000000000040,0.25,,,,,,,,TIMED_OUT,,4.50,0.25,,,,
                5,2026-11-23T12:00:00.120Z,expiry,01a210a0-a5c0-7000-8000-000000000010,0.99,,,,,,,,,,4.50,0.25,,,,
                6,2026-11-23T12:00:00.120Z,revocation,01a210a0-a5c0-7000-8000-000000000050,0.10,,,,,,,,CORRECTION,ticket 18,4.50,0.25,granted twice,,,01a210a0-a5c0-7000-8000-000000000010 0.10
                7,2026-11-23T12:00:00.120Z,transfer_out,01a210a0-a5c0-7000-8000-000000000060,0.50,,,,,,,,acct_2,ticket 19,4.50,0.25,merged,,,01a210a0-a5c0-7000-8000-000000000010 0.50
                8,2026-11-23T12:00:00.120Z,transfer_in,01a210a0-a5c0-7000-8000-000000000070,0.50,,,,,,,,acct_2,ticket 19,4.50,0.25,merged,,,
                """.replace("\n", "\r\n"));
    }

    /** As RFC 4180 has it: a comma, a quote or the end of a line within a cell, and nothing else, calls for quotes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    plain                 | plain
                    a, b                  | "a, b"
                    say "so" twice        | "say ""so"" twice"
                    two\\r\\nlines        | "two\\r\\nlines"
                    two\\nlines           | "two\\nlines"
                    two\\rlines           | "two\\rlines"
                    a tab\\there          | a tab\\there
                    a;b                   | a;b
                    #17                   | #17
                    !                     | !
                    ` before`             | ` before`
                    `after `              | `after `
                    ünïcödé 漢字           | ünïcödé 漢字
                    it's                  | it's
                    =1+1                  | '=1+1
                    +1                    | '+1
                    -1                    | '-1
                    @sum                  | '@sum
                    \\tx                  | '\\tx
                    \\rx                  | "'\\rx"
                    =a, "b" c             | "'=a, ""b"" c"
                    """)
    void quotesWhatNeedsQuotesAndDefusesWhatASpreadsheetWouldRun(String written, String expected) throws IOException {
        var text = unescaped(written);
        var cell = unescaped(expected);
        assertThat(csv(List.of(MadeRows.grant(7, text, text))))
                .isEqualTo(HEADER + "7,2026-11-23T12:00:00.120Z,grant,01a210a0-a5c0-7000-8000-000000000010,5.00,,,,,,,,"
                        + "OPERATOR_GRANT," + cell + ",4.50,0.25," + cell + ",100,,\r\n");
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }
}
