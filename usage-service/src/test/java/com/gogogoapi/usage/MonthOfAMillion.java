package com.gogogoapi.usage;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * The proof of {@link SumsOfAMonthTest} with a million requests, and how long the service takes for what pages of the dashboard
 * ask of it then; to be run by hand. {@code main} takes their number.
 */
final class MonthOfAMillion {

    private static final int SHARD = 9;
    private static final int ROUNDS = 20;

    private MonthOfAMillion() {}

    public static void main(String[] arguments) throws IOException {
        var requests = Integer.parseInt(arguments[0]);
        try (var usage = RunningUsage.start(Infrastructure.shared().newDatabase("usage_month_of_a_million"))) {
            var begun = System.nanoTime();
            var month = MonthProof.published(usage, SHARD, requests);
            say("%,d requests, %,d events: decided and in Kafka after %d s", requests, month.last(), seconds(begun));
            await().atMost(Duration.ofHours(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> usage.sequenceOf(SHARD) >= month.last());
            say("read after %d s", seconds(begun));
            for (var zone : LedgerSums.ZONES) {
                month.chartsShowWhatTheLedgerDecided(zone);
                month.theStatementAddsUpToTheLedgersBalance(zone);
                month.thePrintedStatementAddsUp(zone);
                say(
                        "%s: days, routes of days and hours of %s, and its statement, are what the ledger decided",
                        zone, MonthProof.MONTH);
            }
            say("| request | bytes | first | median | slowest |%n| --- | --- | --- | --- | --- |");
            var zone = "zone=Asia/Kolkata";
            var march = "&from=2026-03-01&to=2026-04-01";
            for (var page : new String[] {
                "/requests?limit=50&" + zone,
                "/requests?limit=10&" + zone,
                "/requests?limit=50&model=deepseek-v4-pro&" + zone,
                "/activity?group_by=day&" + zone + march,
                "/activity?group_by=day,key&" + zone + march,
                "/activity?group_by=day,route&" + zone + march,
                "/activity?group_by=hour,route&" + zone + march,
                "/statements/2026-03?" + zone
            }) {
                measure(usage, page, "application/json");
            }
            measure(usage, "/statements/2026-03?" + zone, "application/pdf");
        }
        // The servers of tests end with their process, and not before.
        System.exit(0);
    }

    private static void measure(RunningUsage usage, String page, String accept) {
        var micros = new long[ROUNDS];
        var bytes = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var begun = System.nanoTime();
            var answer = usage.send("GET", "/internal" + page, MonthProof.headers(accept));
            micros[round] = (System.nanoTime() - begun) / 1_000;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(page + " must be answered: " + answer.body());
            }
            bytes = answer.body().length();
        }
        var first = micros[0];
        Arrays.sort(micros);
        say(
                "| `%s`%s | %,d | %d ms | %d ms | %d ms |",
                page,
                accept.endsWith("pdf") ? " as PDF" : "",
                bytes,
                first / 1_000,
                micros[ROUNDS / 2] / 1_000,
                micros[ROUNDS - 1] / 1_000);
    }

    private static long seconds(long begunNanos) {
        return (System.nanoTime() - begunNanos) / 1_000_000_000L;
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
