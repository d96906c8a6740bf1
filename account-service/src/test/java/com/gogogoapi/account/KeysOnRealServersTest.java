package com.gogogoapi.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The service as it ships, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
class KeysOnRealServersTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static Database database;
    private static RunningAccounts accounts;

    @BeforeAll
    static void start() {
        database = Infrastructure.shared().newDatabase("accounts");
        accounts = new RunningAccounts(database);
    }

    @AfterAll
    static void stop() {
        accounts.close();
    }

    private static String pathOf(JsonNode key) {
        return "/internal/accounts/" + key.path("account_id").asString() + "/keys/"
                + key.path("key_id").asString();
    }

    private static ApiKeyPublished lastOf(JsonNode key) {
        return KeyTopic.eventsOf(key.path("key_id").asString()).getLast();
    }

    private static void awaitStatus(JsonNode key, KeyStatus status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        KeyTopic.eventsOf(key.path("key_id").asString()))
                .last()
                .extracting(ApiKeyPublished::status)
                .isEqualTo(status));
    }

    @Test
    void aKeyIsShownOnceAndPublishedWithAllThatBindsIt() throws Exception {
        var account = accounts.newAccount();
        var key = accounts.newKey(account, """
                {"label":"search","expires_at":"2030-01-01T00:00:00Z","allowed_routes":["deepseek-v4-flash"],
                 "allowed_addresses":["10.0.0.0/8"],"tags":["team:search"],
                 "budgets":[{"window":"day","limit_usd":"5.00"},{"window":"total","limit_usd":"100","warn_only":true}],
                 "rates":{"requests_per_minute":60}}""");
        var text = key.path("api_key").asString();
        assertThat(ApiKeyText.canBeKey(text)).isTrue();
        assertThat(text).endsWith(key.path("last_four").asString());
        assertThat(accounts.send("GET", pathOf(key), "").body())
                .doesNotContain(text)
                .contains("\"status\":\"active\"");

        awaitStatus(key, KeyStatus.ACTIVE);
        var event = lastOf(key);
        var scope = BudgetScope.ofKey(key.path("key_id").asString());
        assertThat(event.keyHash()).isEqualTo(ApiKeyText.hash(text));
        assertThat(event.accountId()).isEqualTo(new AccountId(account));
        assertThat(event.expiresAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(event.policy().routes()).containsExactly("deepseek-v4-flash");
        assertThat(event.policy().addressRanges()).hasToString("[10.0.0.0/8]");
        assertThat(event.policy().tags()).containsExactly("team:search");
        assertThat(event.policy().budgets())
                .containsExactly(
                        new Budget(scope, BudgetWindow.DAY, usd("5"), false),
                        new Budget(scope, BudgetWindow.TOTAL, usd("100"), true));
        assertThat(event.policy().rates()).containsExactly(new RateLimit(scope, 60L, null));
    }

    @Test
    void everyChangeIsPublishedUnderAHigherVersionAndTheLastOneStays() throws Exception {
        var key = accounts.newKey(accounts.newAccount(), "{\"label\":\"one\"}");
        accounts.done("PATCH", pathOf(key), "{\"label\":\"two\",\"disabled\":true}");
        awaitStatus(key, KeyStatus.DISABLED);
        accounts.done("PATCH", pathOf(key), "{\"disabled\":false}");
        awaitStatus(key, KeyStatus.ACTIVE);
        assertThat(lastOf(key).label()).isEqualTo("two");
        accounts.done("DELETE", pathOf(key), "");
        awaitStatus(key, KeyStatus.REVOKED);
        accounts.done("DELETE", pathOf(key), "");
        assertThat(accounts.send("PATCH", pathOf(key), "{\"disabled\":false}").body())
                .contains("key_revoked");

        var versions = KeyTopic.eventsOf(key.path("key_id").asString()).stream()
                .map(ApiKeyPublished::version)
                .toList();
        assertThat(versions).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
    }

    @Test
    void anAccountsLimitsBindAllItsKeys() throws Exception {
        var account = accounts.newAccount();
        var first = accounts.newKey(account, "{\"label\":\"first\"}");
        var second = accounts.newKey(account, "{\"label\":\"second\"}");
        accounts.done(
                "PUT",
                "/internal/accounts/" + account + "/limits",
                "{\"budgets\":[{\"window\":\"month\",\"limit_usd\":\"7\"}],\"rates\":{\"tokens_per_minute\":1000}}");
        var third = accounts.newKey(account, "{\"label\":\"third\"}");
        var scope = BudgetScope.ofAccount(new AccountId(account));
        for (var key : List.of(first, second, third)) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(lastOf(key).policy().budgets())
                        .containsExactly(new Budget(scope, BudgetWindow.MONTH, usd("7"), false));
                assertThat(lastOf(key).policy().rates()).containsExactly(new RateLimit(scope, null, 1_000L));
            });
        }
        accounts.done("PUT", "/internal/accounts/" + account + "/limits", "{}");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(lastOf(first).policy().budgets()).isEmpty());
    }

    @Test
    void ofWhatOperatorsAndTheAccountSetTheLowerHolds() throws Exception {
        var account = accounts.newAccount();
        var key = accounts.newKey(account, "{\"label\":\"both\"}");
        var scope = BudgetScope.ofAccount(new AccountId(account));
        accounts.done("PUT", "/internal/accounts/" + account + "/limits", """
                {"budgets":[{"window":"day","limit_usd":"2"},{"window":"month","limit_usd":"7"}],
                 "rates":{"tokens_per_minute":1000,"requests_in_flight":9}}""");
        accounts.done("PUT", "/internal/accounts/" + account + "/own-limits", """
                {"budgets":[{"window":"day","limit_usd":"1","warn_only":true},{"window":"week","limit_usd":"3","warn_only":true},
                            {"window":"month","limit_usd":"5"}],
                 "rates":{"tokens_per_minute":5000,"requests_per_minute":60,"requests_in_flight":4}}""");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(lastOf(key).policy().budgets())
                    .containsExactly(
                            new Budget(scope, BudgetWindow.DAY, usd("2"), false),
                            new Budget(scope, BudgetWindow.WEEK, usd("3"), true),
                            new Budget(scope, BudgetWindow.MONTH, usd("5"), false));
            assertThat(lastOf(key).policy().rates()).containsExactly(new RateLimit(scope, 60L, 1_000L));
            assertThat(lastOf(key).policy().inFlight()).containsExactly(new InFlightLimit(scope, 4));
        });
        assertThat(accounts.done("GET", "/internal/accounts/" + account + "/limits", "")
                        .toString())
                .as("what an account sets is not what operators set")
                .contains("\"limit_usd\":\"7.00\"")
                .doesNotContain("\"limit_usd\":\"5.00\"");
    }

    @Test
    void aRotatedKeyGoesOnForAsLongAsItsOwnerSaysAndEmptiesNoBudget() throws Exception {
        var account = accounts.newAccount();
        var key = accounts.newKey(
                account, "{\"label\":\"rotated\",\"budgets\":[{\"window\":\"day\",\"limit_usd\":\"1\"}]}");
        var before = Instant.now();
        var successor = accounts.done("POST", pathOf(key) + "/rotation", "{\"overlap_seconds\":3600}");
        await().atMost(SOON).untilAsserted(() -> assertThat(lastOf(key).expiresAt())
                .isBetween(before.plusSeconds(3_500), before.plusSeconds(3_700)));
        awaitStatus(successor, KeyStatus.ACTIVE);
        assertThat(lastOf(successor).expiresAt()).isNull();
        assertThat(lastOf(successor).label()).isEqualTo("rotated");
        assertThat(lastOf(successor).policy().budgets())
                .isEqualTo(lastOf(key).policy().budgets());
        assertThat(successor.path("api_key").asString())
                .isNotEqualTo(key.path("api_key").asString());

        assertThat(accounts.send("POST", pathOf(key) + "/rotation", "{\"overlap_seconds\":0}")
                        .body())
                .contains("already_rotated", successor.path("key_id").asString());
        accounts.done("POST", pathOf(successor) + "/rotation", "{\"overlap_seconds\":0}");
        awaitStatus(successor, KeyStatus.REVOKED);
    }

    @Test
    void whatWasNotPublishedWhenTheServiceEndedIsPublishedByTheNext() throws Exception {
        var other = Infrastructure.shared().newDatabase("accounts_restarted");
        JsonNode key;
        try (var first = new RunningAccounts(other)) {
            key = first.newKey(first.newAccount(), "{\"label\":\"x\"}");
        }
        try (var connection =
                        java.sql.DriverManager.getConnection(other.jdbcUrl(), other.username(), other.password());
                var statement = connection.createStatement()) {
            // As if it had ended between the commit and Kafka's answer.
            statement.execute("update api_key set status = 'REVOKED', in_kafka = false, version = version + 1");
        }
        try (var second = new RunningAccounts(other)) {
            awaitStatus(key, KeyStatus.REVOKED);
            assertThat(second.send("GET", pathOf(key), "").body()).contains("\"status\":\"revoked\"");
        }
    }

    /** Two instances at once, and each key's last record is its last change all the same. */
    @Test
    void whateverChangesAtOnceTheTopicEndsWithTheLastChangeOfEach() throws Exception {
        try (var second = new RunningAccounts(database);
                var threads = Executors.newFixedThreadPool(4)) {
            var account = accounts.newAccount();
            var keys = new ArrayList<JsonNode>();
            for (var i = 0; i < 8; i++) {
                keys.add(accounts.newKey(account, "{\"label\":\"0\"}"));
            }
            var changes = new ArrayList<Future<?>>();
            for (var round = 1; round <= 20; round++) {
                for (var key : keys) {
                    var body = "{\"label\":\"" + round + "\"}";
                    var instance = round % 2 == 0 ? accounts : second;
                    changes.add(threads.submit(() -> instance.done("PATCH", pathOf(key), body)));
                }
            }
            for (var change : changes) {
                change.get();
            }
            for (var key : keys) {
                var now = accounts.done("GET", pathOf(key), "").path("label").asString();
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(lastOf(key).label()).isEqualTo(now));
            }
        }
    }

    @Test
    void theNumberOfKeysHasALimitAlsoForWhoHurries() throws Exception {
        var account = accounts.newAccount();
        try (var connection = java.sql.DriverManager.getConnection(
                        database.jdbcUrl(), database.username(), database.password());
                var insert = connection.prepareStatement("""
                        insert into api_key (key_id, account_id, label, purpose, key_hash, last_four, created_at, status,
                               scope_key_id, changed_at, version, in_kafka)
                        select 'key_' || ? || n, ?, 'x', 'INFERENCE', sha256((? || n)::bytea), 'xxxx', now(), 'ACTIVE', 'x',
                               now(), n - 1000000, true from generate_series(1, 996) n""")) {
            insert.setString(1, account);
            insert.setString(2, account);
            insert.setString(3, account);
            insert.execute();
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var asked = new ArrayList<Future<Integer>>();
            for (var i = 0; i < 16; i++) {
                asked.add(threads.submit(
                        () -> accounts.send("POST", "/internal/accounts/" + account + "/keys", "{\"label\":\"x\"}")
                                .statusCode()));
            }
            var statuses = new ArrayList<Integer>();
            for (var answer : asked) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(200, 422);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(4);
        }
    }

    @Test
    void keysAreFoundByLabelAndTag() throws Exception {
        var account = accounts.newAccount();
        accounts.newKey(account, "{\"label\":\"Search backend\",\"tags\":[\"prod\"]}");
        accounts.newKey(account, "{\"label\":\"nightly batch\",\"tags\":[\"batch\"]}");
        var path = "/internal/accounts/" + account + "/keys?search=";
        assertThat(accounts.done("GET", path + "search", "").path("data")).hasSize(1);
        assertThat(accounts.done("GET", path + "batch", "").path("data")).hasSize(1);
        assertThat(accounts.done("GET", path + "prod", "").path("data")).hasSize(1);
        assertThat(accounts.done("GET", path + "%25", "").path("data")).isEmpty();
    }

    @Test
    void revokedKeysAreLeftOutOrAskedFor() throws Exception {
        var account = accounts.newAccount();
        var first = accounts.newKey(account, "{\"label\":\"x\"}");
        var second = accounts.done("POST", pathOf(first) + "/rotation", "{\"overlap_seconds\":0}");
        var path = "/internal/accounts/" + account + "/keys?search=x";
        assertThat(accounts.done("GET", path, "").path("data")).hasSize(2);
        var left = accounts.done("GET", path + "&revoked=false", "").path("data");
        assertThat(left).hasSize(1);
        assertThat(left.get(0).path("key_id")).isEqualTo(second.path("key_id"));
        var revoked = accounts.done("GET", path + "&revoked=true", "").path("data");
        assertThat(revoked).hasSize(1);
        assertThat(revoked.get(0).path("key_id")).isEqualTo(first.path("key_id"));
        assertThat(accounts.send("GET", path + "&revoked=no", "").statusCode()).isEqualTo(400);
    }

    @Test
    void itsLastUseIsTheLatestThatAnyProxyTells() throws Exception {
        var key = accounts.newKey(accounts.newAccount(), "{\"label\":\"x\"}");
        var id = key.path("key_id").asString();
        for (var minute : List.of("2026-11-26T12:05:00Z", "2026-11-26T12:03:00Z")) {
            accounts.done("POST", "/internal/key-uses", """
                    {"uses":[{"key_id":"%s","minute":"%s"},{"key_id":"key_unheard_of","minute":"%s"}]}""".formatted(id, minute, minute));
        }
        assertThat(accounts.done("GET", pathOf(key), "").path("last_used_at").asString())
                .isEqualTo("2026-11-26T12:05:00Z");
    }

    @Test
    void aProxyIsToldOneKeyAndWhatChangedSince() throws Exception {
        var key = accounts.newKey(accounts.newAccount(), "{\"label\":\"x\"}");
        var hash = ApiKeyText.hash(key.path("api_key").asString());
        var one = accounts.done("GET", "/internal/published-keys/" + hash, "");
        assertThat(one.path("keyId")).isEqualTo(key.path("key_id"));
        assertThat(accounts.send("GET", "/internal/published-keys/" + "0".repeat(64), "")
                        .statusCode())
                .isEqualTo(404);
        accounts.done("DELETE", pathOf(key), "");
        var changes = accounts.done(
                        "GET",
                        "/internal/published-keys?after=" + one.path("version").asLong(),
                        "")
                .path("changes");
        assertThat(changes.valueStream()
                        .filter(change -> change.path("keyHash").asString().equals(hash)))
                .singleElement()
                .extracting(change -> change.path("status").asString())
                .isEqualTo("REVOKED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                              | label must be a string.",
                "{'label':''}                                                    | label must have 1 to 200 characters",
                "{'label':'x','limit_usd':'1'}                                   | limit_usd must be one of the known fields",
                "{'label':'x','purpose':'everything'}                            | purpose must be inference or management.",
                "{'label':'x','expires_at':'2020-01-01T00:00:00Z'}               | expires_at must be in the future",
                "{'label':'x','expires_at':'soon'}                               | expires_at must be an instant",
                "{'label':'x','allowed_routes':'deepseek-v4-flash'}              | allowed_routes must be a list of at most 50.",
                "{'label':'x','allowed_routes':['a b']}                          | Each must be a model name",
                "{'label':'x','allowed_addresses':['localhost']}                 | An address range must be an IP address",
                "{'label':'x','tags':['a','a']}                                  | tags must all be different.",
                "{'label':'x','budgets':[{'window':'hour','limit_usd':'1'}]}     | budgets.window must be one of: day, week, month, total.",
                "{'label':'x','budgets':[{'window':'day','limit_usd':'0'}]}      | budgets.limit_usd must be above 0",
                "{'label':'x','budgets':[{'window':'day','limit_usd':1}]}        | budgets.limit_usd must be a string.",
                "{'label':'x','budgets':[{'window':'day','limit_usd':'1','x':1}]} | budgets.x must be one of the known fields",
                "{'label':'x','rates':{'requests_per_minute':0}}                 | rates.requests_per_minute must be a whole number from 1",
            })
    void badInputIsRefusedInWordsAndChangesNothing(String body, String message) throws Exception {
        var account = accounts.newAccount();
        var answer = accounts.send("POST", "/internal/accounts/" + account + "/keys", body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
        assertThat(accounts.done("GET", "/internal/accounts/" + account + "/keys", "")
                        .path("data"))
                .isEmpty();
    }

    @Test
    void everythingThatIsDoneIsInTheAuditTrail() throws Exception {
        var account = accounts.newAccount();
        var key = accounts.newKey(account, "{\"label\":\"x\"}");
        accounts.done("DELETE", pathOf(key), "");
        var actions = new ArrayList<String>();
        try (var connection = java.sql.DriverManager.getConnection(
                        database.jdbcUrl(), database.username(), database.password());
                var query = connection.prepareStatement(
                        "select actor || ' ' || address || ' ' || action from audit_trail where account_id = ? order by id")) {
            query.setString(1, account);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    actions.add(rows.getString(1));
                }
            }
        }
        assertThat(actions)
                .containsExactly(
                        "operator 192.0.2.1 open-account",
                        "operator 192.0.2.1 issue-key",
                        "operator 192.0.2.1 revoke-key");
    }
}
