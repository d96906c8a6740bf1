package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Limits hold whatever runs at once on however many proxies: what is held counts, and in the end every figure is exact. */
@Tag("acceptance")
@Tag("long")
class LimitsAcrossProxiesTest extends SeparateServices {

    private static final String BODY = Customer.chat("Hello", 50, false);
    private static final int REQUESTS = 200;
    private static final int WARM_AT_ONCE = 10;
    private static final int HOLDS = 10;
    private static final int MORE_HOLDS = 15;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final GatedUpstream upstream;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private List<ServiceProcess> proxies = List.of();
    private BigDecimal oneHold = BigDecimal.ZERO;

    LimitsAcrossProxiesTest() throws Exception {
        upstream = new GatedUpstream();
    }

    @Test
    void noLimitIsExceededWhicheverProxyIsAsked() throws Exception {
        try (upstream;
                threads) {
            proxies = startAll(upstream.baseUrl());
            oneHold = mostOfOneRequest();
            everythingIsWarm();
            aBudgetForTenHoldsHasTenHoldsAtOnce();
            aRateOfTenHasTenInAnyMinute();
            aMembersAndAnAccountsBudgetHoldTogether();
        }
    }

    private BigDecimal mostOfOneRequest() throws Exception {
        var quote = send(proxies.getFirst().url() + "/v1/quote", keyOfANewAccount(proxies), BODY);
        return Customer.amount(JsonMapper.shared().readTree(quote.body()), "max_cost_usd");
    }

    /** So that what is asked at once is decided at once, and nobody gives up waiting meanwhile. */
    private void everythingIsWarm() throws Exception {
        upstream.open();
        var key = keyOfANewAccount(proxies);
        for (var round = 0; round < REQUESTS / WARM_AT_ONCE; round++) {
            for (var answer : all(askAtOnce(List.of(key), WARM_AT_ONCE))) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        }
    }

    private String fundedAccount() throws Exception {
        var account = newAccount(proxies.getFirst());
        operator(proxies.getLast(), "/accounts/" + account + "/grants", Map.of("amount_usd", "1", "reference", "r"));
        return account;
    }

    private String issue(String account, String limits, Object value) throws Exception {
        return operator(proxies.getFirst(), "/accounts/" + account + "/keys", Map.of("label", "limited", limits, value))
                .path("api_key")
                .asString();
    }

    private List<Future<HttpResponse<String>>> askAtOnce(List<String> keys, int requests) {
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        for (var i = 0; i < requests; i++) {
            var proxy = proxies.get(i % proxies.size());
            var key = keys.get(i / proxies.size() % keys.size());
            answers.add(threads.submit(() -> send(proxy.url() + "/v1/chat/completions", key, BODY)));
        }
        return answers;
    }

    private static long waiting(List<Future<HttpResponse<String>>> answers) {
        return answers.stream().filter(answer -> !answer.isDone()).count();
    }

    private static List<HttpResponse<String>> all(List<Future<HttpResponse<String>>> answers) throws Exception {
        var all = new ArrayList<HttpResponse<String>>();
        for (var answer : answers) {
            all.add(answer.get());
        }
        return all;
    }

    /** Those that were served, once all others were refused for a budget of that scope while these were held. */
    private List<HttpResponse<String>> served(List<Future<HttpResponse<String>>> answers, int expected)
            throws Exception {
        await().atMost(SOON).until(() -> waiting(answers) == expected && upstream.asked() == expected);
        upstream.open();
        var all = all(answers);
        assertThat(all)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 403));
        return all.stream().filter(answer -> answer.statusCode() == 200).toList();
    }

    private static BigDecimal cost(List<HttpResponse<String>> served) {
        return served.stream()
                .map(answer ->
                        new BigDecimal(answer.headers().firstValue("x-cost-usd").orElseThrow()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private JsonNode limitOf(ServiceProcess proxy, String key) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxy.url() + "/v1/key", key))
                .path("limits")
                .path(0);
    }

    private void aBudgetForTenHoldsHasTenHoldsAtOnce() throws Exception {
        upstream.shut();
        var limit = oneHold.multiply(BigDecimal.valueOf(HOLDS));
        var key =
                issue(fundedAccount(), "budgets", List.of(Map.of("window", "day", "limit_usd", limit.toPlainString())));
        var answers = askAtOnce(List.of(key), REQUESTS);
        await().atMost(SOON).until(() -> waiting(answers) == HOLDS);
        for (var proxy : proxies) {
            assertThat(Customer.amount(limitOf(proxy, key), "held_usd")).isEqualByComparingTo(limit);
            assertThat(Customer.amount(limitOf(proxy, key), "left_usd")).isZero();
        }
        var served = served(answers, HOLDS);
        assertThat(served).hasSize(HOLDS);
        for (var proxy : proxies) {
            await().atMost(SOON)
                    .until(() ->
                            Customer.amount(limitOf(proxy, key), "held_usd").signum() == 0);
            var told = limitOf(proxy, key);
            assertThat(Customer.amount(told, "spent_usd")).isEqualByComparingTo(cost(served));
            assertThat(Customer.amount(told, "left_usd")).isEqualByComparingTo(limit.subtract(cost(served)));
        }
    }

    private void aRateOfTenHasTenInAnyMinute() throws Exception {
        upstream.open();
        var key = issue(fundedAccount(), "rates", Map.of("requests_per_minute", HOLDS));
        var answers = all(askAtOnce(List.of(key), REQUESTS));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
            assertThat(answer.headers().firstValue("x-ratelimit-limit-requests"))
                    .hasValue(Integer.toString(HOLDS));
            assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue("\"key-requests\";q=10;w=60");
        });
        for (var answer : answers) {
            if (answer.statusCode() == 200) {
                assertThat(answer.headers()
                                .firstValueAsLong("x-ratelimit-remaining-requests")
                                .orElseThrow())
                        .isBetween(0L, HOLDS - 1L);
            } else {
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isBetween(1L, 60L);
            }
        }
        aFloodStaysWithTheProxies(key);
        var held = timesOfHolds(key);
        assertThat(held).hasSizeGreaterThanOrEqualTo(HOLDS);
        for (var i = HOLDS; i < held.size(); i++) {
            assertThat(Duration.between(held.get(i - HOLDS), held.get(i)))
                    .as("ten requests before one at " + held.get(i))
                    .isGreaterThanOrEqualTo(A_MINUTE.minusSeconds(1));
        }
    }

    /** Of what comes when a proxy knows that the minute is full, nothing reaches the ledger. */
    private void aFloodStaysWithTheProxies(String key) throws Exception {
        for (var proxy : proxies) {
            var before = proxy.counter("gogogoapi_proxy_rates_refused_total");
            var refused = 0;
            for (var i = 0; i < REQUESTS / 4; i++) {
                refused += send(proxy.url() + "/v1/chat/completions", key, BODY).statusCode() == 429 ? 1 : 0;
            }
            // One asks, and whoever comes after its refusal does not; a second may pass within them, and with it what
            // is known.
            assertThat(proxy.counter("gogogoapi_proxy_rates_refused_total") - before)
                    .isBetween(refused - REQUESTS / 10L, (long) refused);
        }
    }

    private List<Instant> timesOfHolds(String key) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxies.getFirst().url() + "/v1/ledger?limit=1000", key))
                .path("data")
                .valueStream()
                .filter(line -> line.path("type").asString().equals("hold"))
                .map(line -> Instant.parse(line.path("at").asString()))
                .sorted()
                .toList();
    }

    private void aMembersAndAnAccountsBudgetHoldTogether() throws Exception {
        upstream.shut();
        var account = fundedAccount();
        var another = issue(account, "tags", List.of());
        var member = member(account);
        var first = keyOf(member);
        var second = keyOf(member);
        limit(account, "/members/" + member.path("member_id").asString(), HOLDS);
        limit(account, "", MORE_HOLDS);
        for (var proxy : proxies) {
            for (var key : List.of(first, second)) {
                await().atMost(SOON)
                        .until(() ->
                                limitOf(proxy, key).path("scope").asString("").equals("member"));
            }
            await().atMost(SOON)
                    .until(() ->
                            limitOf(proxy, another).path("scope").asString("").equals("account"));
        }
        var ofTheMember = askAtOnce(List.of(first, second), REQUESTS);
        await().atMost(SOON).until(() -> waiting(ofTheMember) == HOLDS);
        for (var proxy : proxies) {
            assertThat(Customer.amount(limitOf(proxy, second), "left_usd")).isZero();
            assertThat(Customer.amount(limitOf(proxy, another), "left_usd"))
                    .isEqualByComparingTo(oneHold.multiply(BigDecimal.valueOf(MORE_HOLDS - HOLDS)));
        }
        var ofAnother = askAtOnce(List.of(another), REQUESTS);
        await().atMost(SOON).until(() -> waiting(ofAnother) == MORE_HOLDS - HOLDS && upstream.asked() == MORE_HOLDS);
        upstream.open();
        assertRefusedFor("member", all(ofTheMember), HOLDS);
        assertRefusedFor("account", all(ofAnother), MORE_HOLDS - HOLDS);
    }

    private static void assertRefusedFor(String scope, List<HttpResponse<String>> answers, int served) {
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(served);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 200))
                .allSatisfy(answer -> {
                    var error = JsonMapper.shared().readTree(answer.body()).path("error");
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
                    assertThat(error.path("scope").asString()).isEqualTo(scope);
                });
    }

    private void limit(String account, String whose, int holds) throws Exception {
        var limit = oneHold.multiply(BigDecimal.valueOf(holds)).toPlainString();
        operator(
                proxies.getFirst(),
                "PUT",
                "/accounts/" + account + whose + "/limits",
                Map.of("budgets", List.of(Map.of("window", "month", "limit_usd", limit))));
    }

    /** A member of an organisation's account, with a management key of his own. */
    private JsonNode member(String account) throws Exception {
        var proxy = proxies.getFirst();
        operator(proxy, "/accounts/" + account + "/organisation", Map.of("name", "an organisation"));
        var link = operator(
                        proxy,
                        "/accounts/" + account + "/invitations",
                        Map.of("email", "owner@example.com", "role", "owner"))
                .path("link")
                .asString();
        var token = link.substring(link.indexOf('#') + 1);
        return done(proxy, "POST", "/invitations/acceptance", "", Map.of("token", token, "key_label", "own"));
    }

    private String keyOf(JsonNode member) throws Exception {
        var managementKey = member.path("api_key").asString();
        return done(proxies.getLast(), "POST", "/keys", managementKey, Map.of("label", "limited"))
                .path("api_key")
                .asString();
    }
}
