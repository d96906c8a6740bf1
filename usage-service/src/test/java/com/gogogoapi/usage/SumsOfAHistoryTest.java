package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Months of a made ledger: what is shown of them is what its events add up to, whatever became of who read them. */
@Tag("integration")
class SumsOfAHistoryTest {

    private static final Instant FROM = Instant.parse("2026-02-20T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-04-20T00:00:00Z");
    private static final List<Account> ACCOUNTS = List.of(
            new Account(new AccountId("acct_sums_a"), 0),
            new Account(new AccountId("acct_sums_b"), 0),
            new Account(new AccountId("acct_sums_c"), 1));
    private static final List<Made> HISTORY = MadeHistory.of(7, ACCOUNTS, 6_000, FROM, TO);
    private static final Database DATABASE = Infrastructure.shared().newDatabase("usage_sums");

    private static RunningUsage usage;

    @BeforeAll
    static void readAll() {
        usage = RunningUsage.start(DATABASE);
        // Stopped in the middle, and begun again; some of it comes twice.
        RunningUsage.publish(HISTORY.subList(0, HISTORY.size() / 2));
        await().atMost(Duration.ofSeconds(60)).until(() -> usage.sequenceOf(0) > 0);
        usage.close();
        usage = RunningUsage.start(DATABASE);
        RunningUsage.publish(HISTORY.subList(HISTORY.size() / 3, HISTORY.size()));
        awaitAll();
    }

    private static void awaitAll() {
        for (var shard = 0; shard < 2; shard++) {
            usage.awaitSequence(shard, last(shard));
        }
    }

    private static long last(int shard) {
        return HISTORY.stream()
                .filter(made -> made.shard() == shard)
                .mapToLong(Made::sequence)
                .max()
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        usage.close();
    }

    /** All pages of an answer, as lines. */
    private static SortedMap<String, String> shown(String account, String groupBy, String zone) {
        var lines = new TreeMap<String, String>();
        var cursor = "";
        do {
            var page = usage.get(
                    account,
                    "/activity?group_by=" + groupBy + "&zone=" + zone + "&from=" + FROM + "&to=" + TO + cursor);
            for (var row : page.path("data")) {
                assertThat(lines.put(key(row, groupBy), sums(row))).isNull();
            }
            assertThat(page.path("as_of").path("sequence").asLong())
                    .isEqualTo(last(page.path("as_of").path("shard").asInt()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return lines;
    }

    private static final Map<String, String> FIELDS = Map.of("key", "key_id", "member", "member_id", "route", "model");

    private static String key(JsonNode row, String groupBy) {
        var key = new StringBuilder();
        for (var dimension : groupBy.split(",")) {
            key.append(row.path(FIELDS.getOrDefault(dimension, dimension)).asString("-"))
                    .append(' ');
        }
        return key.toString();
    }

    private static String sums(JsonNode row) {
        return String.join(
                " ",
                row.path("requests").toString(),
                row.path("prompt_tokens").toString(),
                row.path("cached_prompt_tokens").toString(),
                row.path("completion_tokens").toString(),
                row.path("reasoning_tokens").toString(),
                row.path("charged_usd").asString(),
                row.path("refunded_usd").asString(),
                row.path("written_off_usd").asString(),
                row.path("sequence").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acct_sums_a | day,key       | Europe/Berlin",
                "acct_sums_b | day,tag       | America/New_York",
                "acct_sums_c | day,rule      | Asia/Kathmandu",
                "acct_sums_a | hour          | Europe/Berlin",
                "acct_sums_c | hour,route    | Asia/Kolkata",
                "acct_sums_b | day           | UTC",
                "acct_sums_a | member,rule   | UTC",
                "acct_sums_b | tag,key       | UTC",
                "acct_sums_c | route         | America/New_York"
            })
    void areWhatItsEventsAddUpTo(String account, String groupBy, String zone) {
        var shown = shown(account, groupBy, zone);
        assertThat(shown).isNotEmpty().isEqualTo(ReferenceSums.of(HISTORY, account, groupBy, zone, FROM, TO));
    }

    @Test
    void areTheSameWhenAllIsReadAnew() throws SQLException {
        var before = contents();
        assertThat(before).contains("rollup", "request");
        var begun = usage.rebuild();
        assertThat(begun.path("rebuilding").asBoolean()).isTrue();
        // What other tests wrote to other shards is read too.
        assertThat(begun.path("events_to_read").asLong()).isGreaterThanOrEqualTo(last(0) + last(1));
        awaitAll();
        assertThat(contents()).isEqualTo(before);
    }

    /** Every row of these accounts, in a hash for each table: of other shards others may have stopped the reading. */
    private static String contents() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                    select 'rollup ' || count(*) || ' ' || md5(string_agg(r::text, ',' order by r::text)) from rollup r where account_id like 'acct_sums%'
                    union all
                    select 'request ' || count(*) || ' ' || md5(string_agg(r::text, ',' order by r::text)) from request r where account_id like 'acct_sums%'\
                    """)) {
            var contents = new StringBuilder();
            while (rows.next()) {
                contents.append(rows.getString(1)).append('\n');
            }
            return contents.toString();
        }
    }
}
