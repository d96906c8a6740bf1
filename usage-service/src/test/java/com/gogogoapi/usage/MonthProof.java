package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import tools.jackson.databind.JsonNode;

/** Holds what the service shows of {@link MonthOfRequests} against what its events add up to, to the last digit. */
final class MonthProof {

    static final AccountId ACCOUNT = new AccountId("acct_month");
    static final String MONTH = "2026-03";

    private static final int CHUNK = 5_000;

    private final RunningUsage usage;
    private final LedgerSums sums = new LedgerSums(LedgerSums.ZONES.stream()
            .flatMap(zone -> List.of(begins(zone, 3), begins(zone, 4)).stream())
            .toList());
    private final List<Made> chunk = new ArrayList<>();
    private long last;

    private MonthProof(RunningUsage usage) {
        this.usage = usage;
    }

    private static Instant begins(ZoneId zone, int month) {
        return LocalDate.of(2026, month, 1).atStartOfDay(zone).toInstant();
    }

    /** So many requests, decided, and read by the service if it comes to its end within a while. */
    static MonthProof published(RunningUsage usage, int shard, int requests) {
        var proof = new MonthProof(usage);
        proof.last = MonthOfRequests.of(ACCOUNT, shard, requests, proof::take);
        RunningUsage.publish(proof.chunk);
        return proof;
    }

    private void take(Made made) {
        sums.add(made);
        chunk.add(made);
        if (chunk.size() == CHUNK) {
            RunningUsage.publish(chunk);
            chunk.clear();
        }
    }

    long last() {
        return last;
    }

    /** What charts show of each day, and of each hour, and each route's part of it. */
    void chartsShowWhatTheLedgerDecided(ZoneId zone) {
        assertThat(shown(zone, "day", "day")).hasSize(31).isEqualTo(sums.of(zone, "day", MONTH));
        assertThat(shown(zone, "day,route", "route")).isEqualTo(sums.of(zone, "route", MONTH));
        var hours = shown(zone, "hour", "hour");
        assertThat(hours).isEqualTo(sums.of(zone, "hour", MONTH));
    }

    private Map<String, String> shown(ZoneId zone, String groupBy, String kind) {
        var lines = new TreeMap<String, String>();
        var cursor = "";
        do {
            var page = usage.get(
                    ACCOUNT.value(),
                    "/activity?group_by=" + groupBy + "&zone=" + zone + "&from=2026-03-01&to=2026-04-01" + cursor);
            for (var row : page.path("data")) {
                var label = kind.equals("hour")
                        ? row.path("hour").asString()
                        : kind.equals("day")
                                ? row.path("day").asString()
                                : row.path("day").asString() + " "
                                        + row.path("model").asString();
                lines.put(label, line(row));
            }
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return lines;
    }

    private static String line(JsonNode row) {
        return LedgerSums.line(row.path("requests").decimalValue(), usd(row, "charged_usd"), usd(row, "refunded_usd"));
    }

    static BigDecimal usd(JsonNode of, String name) {
        return new BigDecimal(of.path(name).asString());
    }

    /** The statement's charges are the charts', and its balances the ledger's own. */
    void theStatementAddsUpToTheLedgersBalance(ZoneId zone) {
        var statement = JsonNodes.of(
                usage.send("GET", "/internal/statements/" + MONTH + "?zone=" + zone, headers("application/json")));
        var charges = new TreeMap<String, String>();
        statement
                .path("charges")
                .forEach(row -> charges.put(
                        row.path("day").asString() + " " + row.path("model").asString(), line(row)));
        assertThat(charges).isEqualTo(sums.of(zone, "route", MONTH));
        var opening = usd(statement.path("opening"), "credit_usd");
        var closing = usd(statement.path("closing"), "credit_usd");
        assertThat(opening).isEqualByComparingTo(sums.creditBefore(begins(zone, 3)));
        assertThat(closing).isEqualByComparingTo(sums.creditBefore(begins(zone, 4)));
        var totals = statement.path("totals");
        assertThat(opening.add(usd(totals, "granted_usd"))
                        .add(usd(totals, "transferred_in_usd"))
                        .subtract(usd(totals, "charged_usd"))
                        .subtract(usd(totals, "expired_usd"))
                        .subtract(usd(totals, "revoked_usd"))
                        .subtract(usd(totals, "transferred_out_usd")))
                .isEqualByComparingTo(closing);
        assertThat(statement.path("as_of").path("sequence").asLong()).isEqualTo(last);
    }

    /** As it is printed: every line of it adds up to the sums that it states, and those to its closing balance. */
    void thePrintedStatementAddsUp(ZoneId zone) throws IOException {
        var answer = usage.send(
                "GET",
                "/internal/statements/" + MONTH + "?zone=" + zone,
                headers("application/pdf"),
                "",
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        var text = text(answer.body());
        assertThat(sum(text, "2026-03-\\d\\d deepseek-\\S+ \\d+ \\d+ \\d+ [0-9.]+ ([0-9.]+)"))
                .isEqualByComparingTo(sum(text, "Charged for \\d+ requests −([0-9.]+)"))
                .isEqualByComparingTo(sum(text, "Sum \\d+ [0-9.]+ ([0-9.]+)"));
        var summary = "(?:Opening balance|Granted and bought|Transferred in) \\+?([0-9.]+)";
        var taken = "(?:Charged for \\d+ requests|Expired|Taken back|Transferred out) −([0-9.]+)";
        assertThat(sum(text, summary).subtract(sum(text, taken)))
                .isEqualByComparingTo(sum(text, "Closing balance ([0-9.]+)"))
                .isEqualByComparingTo(sums.creditBefore(begins(zone, 4)));
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    /** Of the amounts of all lines that are like that. */
    private static BigDecimal sum(String text, String line) {
        return Pattern.compile("(?m)^" + line + "$")
                .matcher(text)
                .results()
                .map(found -> new BigDecimal(found.group(1)))
                .reduce(BigDecimal::add)
                .orElseThrow(() -> new AssertionError("no line like " + line + " in " + text.substring(0, 2_000)));
    }

    static Map<String, String> headers(String accept) {
        return Map.of("gogogoapi-account", ACCOUNT.value(), "gogogoapi-account-name", "The+month", "Accept", accept);
    }
}
