package com.gogogoapi.auditor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.evidence.log.LogRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The export's CSV to the byte: programs of others read it. */
class EventCsvTest {

    private static final String HEADER = "shard,sequence,account_id,account_sequence,at,type,request_id,rule,"
            + "amount_usd,held_usd,refunded_usd,overrun_usd,model,price_version,input_usd_per_million,"
            + "cached_input_usd_per_million,output_usd_per_million,prompt_tokens,cached_prompt_tokens,"
            + "completion_tokens,reference,granted_by,available_after_usd,held_after_usd,charged_after_usd,"
            + "granted_after_usd,expired_after_usd,revoked_after_usd,reason,priority,expires_at,burned\r\n";

    private static String csv(List<LogRow> rows) throws IOException {
        var out = new StringBuilder();
        var csv = new EventCsv(out);
        for (var row : rows) {
            csv.write(row, row.event());
        }
        return out.toString();
    }

    @Test
    void aLogWithoutEventsHasTheHeaderOnly() throws IOException {
        assertThat(csv(List.of())).isEqualTo(HEADER);
    }

    @Test
    void everyTypeOfEventFillsItsColumns() throws IOException {
        assertThat(csv(MadeRows.ofEveryType())).isEqualTo(HEADER + """
                3,1,acct_1,0,2026-11-23T12:00:00.120Z,grant,01a210a0-a5c0-7000-8000-000000000010,STABLECOIN_DEPOSIT,5.00,,,,,,,,,,,,deposit,funding,4.50,0.25,0.25,5.25,0.15,0.10,,10,2026-12-01T00:00:00Z,
                3,2,acct_1,1,2026-11-23T12:00:00.120Z,hold,01a210a0-a5c0-7000-8000-000000000020,,0.25,0.25,,,deepseek-v4-flash,flash@1,0.14,0.0028,0.28,,,,,,4.50,0.25,0.25,5.25,0.15,0.10,,,,
                3,3,acct_1,2,2026-11-23T12:00:00.120Z,refusal,01a210a0-a5c0-7000-8000-000000000030,INSUFFICIENT_CREDIT,9.00,,,,,,,,,,,,,,4.50,0.25,0.25,5.25,0.15,0.10,,,,
                3,4,acct_1,3,2026-11-23T12:00:00.120Z,charge,01a210a0-a5c0-7000-8000-000000000020,COMPLETED,0.03,0.25,0.22,0.00,deepseek-v4-flash,flash@1,0.14,0.0028,0.28,100,40,50,,,4.50,0.25,0.25,5.25,0.15,0.10,,,,01a210a0-a5c0-7000-8000-000000000010 0.01; 01a210a0-a5c0-7000-8000-000000000090 0.02
                3,5,acct_1,4,2026-11-23T12:00:00.120Z,release,01a210a0-a5c0-7000-8000-000000000040,TIMED_OUT,0.25,,,,,,,,,,,,,,4.50,0.25,0.25,5.25,0.15,0.10,,,,
                3,6,acct_1,5,2026-11-23T12:00:00.120Z,expiry,01a210a0-a5c0-7000-8000-000000000010,,0.99,,,,,,,,,,,,,,4.50,0.25,0.25,5.25,0.15,0.10,,,,
                3,7,acct_1,6,2026-11-23T12:00:00.120Z,revocation,01a210a0-a5c0-7000-8000-000000000050,CORRECTION,0.10,,,,,,,,,,,,ticket 18,j.doe,4.50,0.25,0.25,5.25,0.15,0.10,granted twice,,,01a210a0-a5c0-7000-8000-000000000010 0.10
                3,8,acct_1,7,2026-11-23T12:00:00.120Z,transfer_out,01a210a0-a5c0-7000-8000-000000000060,acct_2,0.50,,,,,,,,,,,,ticket 19,j.doe,4.50,0.25,0.25,5.25,0.15,0.10,merged,,,01a210a0-a5c0-7000-8000-000000000010 0.50
                3,9,acct_1,8,2026-11-23T12:00:00.120Z,transfer_in,01a210a0-a5c0-7000-8000-000000000070,acct_2,0.50,,,,,,,,,,,,ticket 19,j.doe,4.50,0.25,0.25,5.25,0.15,0.10,merged,,,
                """.replace("\n", "\r\n"));
    }

    @Test
    void quotesWhatNeedsQuotesAndDefusesWhatASpreadsheetWouldRun() throws IOException {
        assertThat(csv(List.of(MadeRows.grant(7, "=a, \"b\"\r\n", "#17"))))
                .isEqualTo(HEADER + "3,8,acct_1,7,2026-11-23T12:00:00.120Z,grant,01a210a0-a5c0-7000-8000-000000000010,"
                        + "OPERATOR_GRANT,5.00,,,,,,,,,,,,\"'=a, \"\"b\"\"\r\n\",j.doe,4.50,0.25,0.25,5.25,0.15,0.10,"
                        + "#17,100,,\r\n");
    }
}
