package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The history of requests, page by page and one by one. */
@Tag("integration")
class RequestPagesTest {

    private static final String ACCOUNT = "acct_pages";
    private static final int SHARD = 8;
    private static final String KEY = "key_00000000000070018000000000000001";
    private static final UUID MEMBER = new UUID(0x7002L, 1L << 63 | 1);
    private static final List<Made> HISTORY = MadeHistory.of(
            11,
            List.of(new Account(new AccountId(ACCOUNT), SHARD), new Account(new AccountId("acct_pages_other"), SHARD)),
            400,
            Instant.parse("2026-05-01T00:00:00Z"),
            Instant.parse("2026-05-03T00:00:00Z"));

    private static RunningUsage usage;

    @BeforeAll
    static void readAll() {
        usage = RunningUsage.start(Infrastructure.shared().newDatabase("usage_pages"));
        RunningUsage.publish(HISTORY);
        usage.awaitSequence(SHARD, HISTORY.size());
    }

    @AfterAll
    static void stop() {
        usage.close();
    }

    /** The ids of the account's requests for which that holds, newest first. */
    private static List<String> expected(Predicate<CreditReserved> which) {
        return HISTORY.stream()
                .map(Made::event)
                .filter(CreditReserved.class::isInstance)
                .map(CreditReserved.class::cast)
                .filter(hold -> hold.accountId().value().equals(ACCOUNT))
                .filter(which)
                .sorted(Comparator.comparing(CreditReserved::decidedAt).reversed())
                .map(hold -> hold.requestId().toString())
                .toList();
    }

    private static List<String> shown(String query) {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var page = usage.get(ACCOUNT, "/requests?limit=7" + query + cursor);
            assertThat(page.path("data").size()).isLessThanOrEqualTo(7);
            page.path("data").forEach(row -> ids.add(row.path("id").asString()));
            assertThat(page.path("as_of").path("sequence").asLong()).isEqualTo(HISTORY.size());
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static Map<UUID, String> rules() {
        var rules = new HashMap<UUID, String>();
        for (var made : HISTORY) {
            switch (made.event()) {
                case CreditSettled settled ->
                    rules.put(settled.requestId(), settled.outcome().name());
                case CreditReleased released ->
                    rules.put(released.requestId(), released.outcome().name());
                case LedgerEvent other -> {}
            }
        }
        return rules;
    }

    private static boolean isOfKey(CreditReserved hold) {
        return hold.requestedBy() != null && hold.requestedBy().keyId().equals(new UUID(0x7001L, 1L << 63 | 1));
    }

    @Test
    void allOfThemEachOnce() {
        assertThat(shown("")).isNotEmpty().isEqualTo(expected(hold -> true));
    }

    @Test
    void byWhatTheyAre() {
        var rules = rules();
        assertThat(shown("&model=deepseek-v4-pro")).isNotEmpty().isEqualTo(expected(hold -> hold.model()
                .equals("deepseek-v4-pro")));
        assertThat(shown("&key=" + KEY)).isNotEmpty().isEqualTo(expected(RequestPagesTest::isOfKey));
        assertThat(shown("&rule=TIMED_OUT")).isNotEmpty().isEqualTo(expected(hold -> "TIMED_OUT"
                .equals(rules.get(hold.requestId()))));
        assertThat(shown("&rule=COMPLETED&model=deepseek-v4-pro&key=" + KEY))
                .isNotEmpty()
                .isEqualTo(expected(hold -> isOfKey(hold)
                        && hold.model().equals("deepseek-v4-pro")
                        && "COMPLETED".equals(rules.get(hold.requestId()))));
        assertThat(shown("&tag=b%C3%BCro"))
                .isNotEmpty()
                .isEqualTo(expected(hold ->
                        hold.requestedBy() != null && hold.requestedBy().tags().contains("büro")));
        assertThat(shown("&from=2026-05-02&to=2026-05-02T06:00:00Z&zone=Europe/Berlin"))
                .isNotEmpty()
                .isEqualTo(expected(hold -> !hold.decidedAt().isBefore(Instant.parse("2026-05-01T22:00:00Z"))
                        && hold.decidedAt().isBefore(Instant.parse("2026-05-02T06:00:00Z"))));
    }

    @Test
    void byAnIdOrItsBeginning() {
        var id = expected(hold -> true).get(3);
        assertThat(shown("&q=" + id)).containsExactly(id);
        assertThat(shown("&q=" + id.substring(0, 13))).containsExactly(id);
        assertThat(shown("&q=ffffffff")).isEmpty();
    }

    @Test
    void aDeveloperSeesHisOwn() {
        var headers = Map.of(
                "gogogoapi-account", ACCOUNT, "gogogoapi-role", "developer", "gogogoapi-member", MEMBER.toString());
        var page = JsonMapper.shared()
                .readTree(usage.send("GET", "/internal/requests?limit=1000", headers)
                        .body());
        var ids = new ArrayList<String>();
        page.path("data").forEach(row -> ids.add(row.path("id").asString()));
        assertThat(ids)
                .isNotEmpty()
                .isEqualTo(expected(hold -> hold.requestedBy() != null
                        && MEMBER.equals(hold.requestedBy().memberId())));
        var others = expected(hold -> hold.requestedBy() == null).getFirst();
        assertThat(usage.send("GET", "/internal/requests/" + others, headers).statusCode())
                .isEqualTo(404);
        assertThat(usage.send("GET", "/internal/activity?group_by=member&from=2026-05-01&to=2026-06-01", headers)
                        .body())
                .contains(MEMBER.toString())
                .doesNotContain("\"member_id\":null");
    }

    @Test
    void oneIsShownWithAllItsSteps() {
        var settled = HISTORY.stream()
                .filter(made -> made.event() instanceof CreditSettled charge
                        && !charge.late()
                        && charge.accountId().value().equals(ACCOUNT))
                .findFirst()
                .orElseThrow();
        var charge = (CreditSettled) settled.event();
        var shown = usage.get(ACCOUNT, "/requests/" + charge.requestId());
        assertThat(shown.path("charge").path("amount_usd").asString())
                .isEqualTo(charge.chargedUsd().toString());
        assertThat(shown.path("charge").path("sequence").asLong()).isEqualTo(settled.sequence());
        assertThat(shown.path("refund").path("amount_usd").asString())
                .isEqualTo(charge.releasedUsd().toString());
        assertThat(shown.path("upstream").path("rule").asString())
                .isEqualTo(charge.outcome().name());
        assertThat(shown.path("hold").path("sequence").asLong()).isLessThan(settled.sequence());
        assertThat(shown.path("receipt").asString()).isEqualTo("/api/v1/requests/" + charge.requestId() + "/receipt");

        var generation = usage.get(ACCOUNT, "/generation?id=" + charge.requestId());
        assertThat(generation.path("data").path("total_cost").decimalValue())
                .isEqualByComparingTo(charge.chargedUsd().amount());
        assertThat(generation.path("data").path("native_tokens_cached").asLong())
                .isEqualTo(charge.usage().cachedPromptTokens());
        assertThat(usage.send(
                                "GET",
                                "/internal/requests/" + charge.requestId(),
                                Map.of("gogogoapi-account", "acct_pages_other"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void asATableForSpreadsheets() {
        var answer = usage.send(
                "GET",
                "/internal/activity?group_by=tag,day&from=2026-05-01&to=2026-05-10",
                Map.of("gogogoapi-account", ACCOUNT, "Accept", "text/csv"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("tag,day,requests,prompt_tokens,")
                .contains("\r\n'=batch,2026-05-01,")
                .contains("\r\nbüro,2026-05-02,");
        assertThat(answer.headers().firstValue("gogogoapi-as-of")).contains(SHARD + "/" + HISTORY.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/requests?limit=0                              | limit must be from 1 to 1000.",
                "/requests?limit=x                              | limit must be a whole number.",
                "/requests?cursor=1                             | cursor must be the next_cursor of the page before.",
                "/requests?model=No%20Model                     | model must be the name of a route.",
                "/requests?key=key_1                            | key must be a key's id: key_ and 32 digits and"
                        + " letters.",
                "/requests?member=me                            | member must be an id such as",
                "/requests?rule=WHATEVER                        | rule must be one of COMPLETED",
                "/requests?tag=                                 | tag must have 1 to 64 characters.",
                "/requests?q=abc                                | q must be an id, or at least the first 8 digits",
                "/requests?from=yesterday                       | from must be an instant such as",
                "/requests?from=2026-05-02&to=2026-05-01        | to must be after from.",
                "/requests?zone=Mars                            | zone must be a name of the tz database",
                "/generation                                    | id must be given",
                "/activity?group_by=colour                      | group_by must be one or two of key, member, route",
                "/activity?group_by=key,route,day               | group_by must be one or two of key, member, route",
                "/activity?group_by=hour,day                    | group_by must be one or two of key, member, route",
                "/activity?group_by=key,key                     | group_by must be one or two of key, member, route",
                "/activity?from=2026-05-01T00:01:00Z            | from must be on a quarter of an hour.",
                "/activity?from=2019-05-01&to=2020-02-01        | from must be after 2020",
                "/activity?from=2022-05-01&to=2026-02-01        | from must be at most 732 days before to",
                "/activity?group_by=hour&from=2026-01-01&to=2026-05-01 | from must be at most 62 days before to",
                "/activity?from=2026-05-01&to=2026-05-02&cursor=7      | cursor must be the next_cursor",
            })
    void whatIsWrongIsSaid(String path, String message) {
        var answer = usage.send("GET", "/internal" + path.trim(), Map.of("gogogoapi-account", ACCOUNT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }
}
