package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is held counts: whoever asks at the same time as others gets no more than the limit allows, and is told which it was. */
@Tag("acceptance")
class BudgetsAndRatesTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final String BODY = Customer.chat("Hello", 50, false);
    private static final int HOLDS = 10;
    private static final int REQUESTS = 100;

    private final Customer customer = SYSTEM.customer("1.00");

    private JsonNode issue(Map<String, Object> limits) {
        var body = new java.util.HashMap<String, Object>(limits);
        body.put("label", "limited");
        var answer = SYSTEM.send(
                "POST",
                "/v1/operator/accounts/" + customer.account() + "/keys",
                SYSTEM.access("operator_token"),
                JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private BigDecimal most() {
        var quote = SYSTEM.send("POST", "/api/v1/quote", customer.apiKey(), BODY);
        return Customer.amount(JsonMapper.shared().readTree(quote.body()), "max_cost_usd");
    }

    private static HttpResponse<String> ask(String key) {
        return SYSTEM.send("POST", "/v1/chat/completions", key, BODY);
    }

    private static List<HttpResponse<String>> askAtOnce(String key, int requests) throws Exception {
        try (var threads = Executors.newFixedThreadPool(25)) {
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (var i = 0; i < requests; i++) {
                answers.add(threads.submit(() -> ask(key)));
            }
            var all = new ArrayList<HttpResponse<String>>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    @Test
    void aBudgetIsNeverExceededWhateverRunsAtOnce() throws Exception {
        var limit = most().multiply(BigDecimal.valueOf(HOLDS));
        var issued = issue(Map.of("budgets", List.of(Map.of("window", "day", "limit_usd", limit.toPlainString()))));
        var key = issued.path("api_key").asString();
        var spent = BigDecimal.ZERO;
        // Each takes less than it held, so more than ten fit in the end: until less is left than one holds.
        HttpResponse<String> refusal = null;
        for (var round = 0; round < 20 && (refusal == null || ask(key).statusCode() == 200); round++) {
            for (var answer : askAtOnce(key, REQUESTS)) {
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 403);
                if (answer.statusCode() == 403) {
                    refusal = answer;
                }
            }
        }
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(ask(key).statusCode()).isEqualTo(403);
        await().atMost(Duration.ofMinutes(1)).until(() -> customer.books().openHolds() == 0);
        var last = JsonMapper.shared().readTree(ask(key).body()).path("error");
        assertThat(last.path("code").asString()).isEqualTo("key_limit_exceeded");
        assertThat(last.path("scope").asString()).isEqualTo("key");
        assertThat(last.path("window").asString()).isEqualTo("day");
        assertThat(last.path("resets_at").asString()).endsWith("T00:00:00Z");
        assertThat(Customer.amount(last, "held_usd")).isZero();
        spent = Customer.amount(last, "spent_usd");
        assertThat(spent).isLessThanOrEqualTo(limit).isGreaterThan(limit.subtract(most()));
        assertThat(Customer.amount(last, "left_usd")).isEqualByComparingTo(limit.subtract(spent));

        var told = JsonMapper.shared()
                .readTree(SYSTEM.send("GET", "/v1/key", key, "").body())
                .path("limits")
                .path(0);
        for (var figure : List.of("spent_usd", "held_usd", "left_usd", "limit_usd")) {
            assertThat(Customer.amount(told, figure)).as(figure).isEqualByComparingTo(Customer.amount(last, figure));
        }

        var path = "/v1/operator/accounts/" + customer.account() + "/keys/"
                + issued.path("key_id").asString();
        var raised = limit.add(most()).toPlainString();
        var change = "{\"budgets\":[{\"window\":\"day\",\"limit_usd\":\"" + raised + "\"}]}";
        assertThat(SYSTEM.send("PATCH", path, SYSTEM.access("operator_token"), change)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask(key).statusCode()).as("a raised limit works at once").isEqualTo(200);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("absent");
    }

    @Test
    void whatIsLeftOfARateIsToldWithEveryAnswer() {
        var key = issue(Map.of("rates", Map.of("requests_per_minute", 2, "tokens_per_minute", 100_000)))
                .path("api_key")
                .asString();
        var before = SYSTEM.send("POST", "/v1/chat/completions", key, "no JSON");
        assertThat(before.statusCode()).isEqualTo(400);
        assertThat(header(before, "x-ratelimit-limit-requests")).isEqualTo("2");
        assertThat(header(before, "x-ratelimit-remaining-requests"))
                .as("nobody has said yet")
                .isEqualTo("absent");

        var first = ask(key);
        assertThat(header(first, "x-ratelimit-remaining-requests")).isEqualTo("1");
        assertThat(header(first, "x-ratelimit-reset-requests")).matches("[0-9]{1,2}s|1m0s");
        assertThat(Long.parseLong(header(first, "x-ratelimit-remaining-tokens")))
                .isBetween(90_000L, 99_999L);
        assertThat(header(first, "RateLimit-Policy"))
                .isEqualTo("\"key-requests\";q=2;w=60, \"key-tokens\";q=100000;qu=\"tokens\";w=60");
        assertThat(header(first, "RateLimit")).startsWith("\"key-requests\";r=1;t=");
        var told = JsonMapper.shared()
                .readTree(SYSTEM.send("GET", "/v1/key", key, "").body())
                .path("rate_limits");
        assertThat(told.path(0).toString())
                .isEqualTo("{\"scope\":\"key\",\"measure\":\"requests\",\"limit\":2,\"used\":1,\"left\":1}");
        assertThat(told.path(1).path("measure").asString()).isEqualTo("tokens");
        assertThat(told.path(1).path("used").asLong()).isPositive();

        assertThat(header(ask(key), "x-ratelimit-remaining-requests")).isEqualTo("0");
        var refused = ask(key);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "RateLimit")).startsWith("\"key-requests\";r=0;t=");
        var error = JsonMapper.shared().readTree(refused.body()).path("error");
        assertThat(error.path("measure").asString()).isEqualTo("requests");
        assertThat(error.path("limit").toString())
                .as("a number, as in GET /key")
                .isEqualTo("2");
        assertThat(error.path("used").toString()).isEqualTo("2");
    }

    @Test
    void aKeyHasSoManyRequestsInFlight() throws Exception {
        var key = issue(Map.of("rates", Map.of("requests_in_flight", 1)))
                .path("api_key")
                .asString();
        var stream = LongStream.begin(SYSTEM.url(""), key, "tokens=400, chunk-delay-ms=50", 1_000);
        await().atMost(Duration.ofMinutes(1)).until(() -> stream.pieces() > 0);
        var refused = ask(key);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.body()).contains("\"scope\":\"key\"", "\"measure\":\"requests_in_flight\"");
        assertThat(header(refused, "Retry-After")).isEqualTo("2");
        assertThat(SYSTEM.send("GET", "/v1/credits", key, "").statusCode())
                .as("reads are not counted")
                .isEqualTo(200);
        await().atMost(Duration.ofMinutes(2)).until(() -> ask(key).statusCode() == 200);
    }

    @Test
    void aRateIsNeverExceededWhateverComesAtOnce() throws Exception {
        var key = issue(Map.of("rates", Map.of("requests_per_minute", 5)))
                .path("api_key")
                .asString();
        var started = System.nanoTime();
        var answers = askAtOnce(key, REQUESTS);
        var minutes = Duration.ofNanos(System.nanoTime() - started).toMinutes() + 1;
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200 || answer.statusCode() == 429);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200).count())
                .isBetween(5L, 5 * minutes);
        var refused = answers.stream()
                .filter(answer -> answer.statusCode() == 429)
                .findAny()
                .orElseThrow();
        var error = JsonMapper.shared().readTree(refused.body()).path("error");
        assertThat(error.path("code").asString()).isEqualTo("rate_limit_exceeded");
        assertThat(error.path("scope").asString()).isEqualTo("key");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(customer.books().openHolds()).isZero();
    }
}
