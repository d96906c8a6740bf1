package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.acceptance.TestRoute.Prices;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A quote binds: its price, its request, its account, once. */
@Tag("acceptance")
class BindingQuoteTest {

    private static final Prices FIRST = new Prices("1", "0.5", "2");
    private static final Prices SECOND = new Prices("3", "1", "7");

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");
    private final TestRoute route = new TestRoute(system, "binding-" + customer.account());
    private String firstVersion;

    @BeforeEach
    void publish() {
        firstVersion = route.publish(FIRST, null);
        route.awaitQuotedAt(customer, firstVersion);
    }

    private String quoteOf(String body) {
        return customer.quote(body).path("quote_id").asString();
    }

    private HttpResponse<String> execute(Customer who, String quoteId, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(system.url("/v1/chat/completions")))
                .header("Authorization", "Bearer " + who.apiKey())
                .header("X-Quote-Id", quoteId)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> answer, String code, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var error = JsonMapper.shared().readTree(answer.body()).path("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("reason").asString()).isEqualTo(reason);
    }

    private long charges() {
        return customer.statement().stream()
                .filter(line -> line.path("type").asString().equals("charge"))
                .count();
    }

    @Test
    void aQuoteIsChargedAtItsPriceWhateverThePriceIsNowAndOnce() throws Exception {
        var body = route.body("Say it.", Map.of("max_tokens", 100));
        var quoted = customer.quote(body);
        var second = route.publish(SECOND, null);
        route.awaitQuotedAt(customer, second);

        var answer = execute(customer, quoted.path("quote_id").asString(), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-price-version")).hasValue(firstVersion);
        assertThat(answer.headers().firstValue("x-quote-id"))
                .hasValue(quoted.path("quote_id").asString());
        assertThat(answer.headers().firstValue("x-credit-held-usd"))
                .hasValue(quoted.path("max_cost_usd").asString());
        var charge = customer.lastLine();
        assertThat(charge.path("price_version").asString()).isEqualTo(firstVersion);
        assertThat(amount(charge, "amount_usd")).isEqualByComparingTo(FIRST.costOf(charge));

        assertRefused(execute(customer, quoted.path("quote_id").asString(), body), "quote_expired", "used");
        assertThat(charges()).isOne();
    }

    @Test
    void ofManyWhoExecuteItAtOnceOneDoes() throws Exception {
        var body = route.body("Say it. [[sim: first-byte-delay-ms=300]]", Map.of("max_tokens", 100));
        var quote = quoteOf(body);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> execution = () -> execute(customer, quote, body);
            var answers = threads.invokeAll(Collections.nCopies(8, execution)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                    .hasSize(1);
            answers.stream()
                    .filter(answer -> answer.statusCode() != 200)
                    .forEach(answer -> assertRefused(answer, "quote_expired", "used"));
        }
        assertThat(charges()).isOne();
        assertThat(customer.booksAtRest().openHolds()).isZero();
    }

    @Test
    void whatIsExecutedAtOnceIsUsedUpWithItsQuote() throws Exception {
        var body = route.body("Say it.", Map.of("max_tokens", 100));
        var executed = customer.complete(body);
        assertThat(executed.statusCode()).as(executed.body()).isEqualTo(200);
        var quote = executed.headers().firstValue("x-quote-id").orElseThrow();
        assertRefused(execute(customer, quote, body), "quote_expired", "used");
        assertThat(charges()).isOne();
    }

    @Test
    void anAttemptThatCostNothingLeavesItToBeTriedAgainTwice() throws Exception {
        var body = route.body("Say it. [[sim: fail=500]]", Map.of("max_tokens", 100));
        var quote = quoteOf(body);
        for (var attempt = 0; attempt < 3; attempt++) {
            assertThat(execute(customer, quote, body).statusCode()).isGreaterThanOrEqualTo(500);
        }
        assertRefused(execute(customer, quote, body), "quote_expired", "used");
        assertThat(customer.booksAtRest().charged()).isZero();
    }

    @Test
    void whoWasShortOfCreditCanExecuteItOnceThereIsSome() throws Exception {
        var poor = system.customer("0.0001");
        var body = route.body("Say it.", Map.of("max_tokens", 100));
        var quote = poor.quote(body).path("quote_id").asString();
        assertThat(execute(poor, quote, body).statusCode()).isEqualTo(402);

        system.operator(
                "POST", "/accounts/" + poor.account() + "/grants", Map.of("amount_usd", "1", "reference", "more"));

        assertThat(execute(poor, quote, body).statusCode()).isEqualTo(200);
        assertRefused(execute(poor, quote, body), "quote_expired", "used");
    }

    @Test
    void itIsForOneRequestOfOneAccountOnly() throws Exception {
        var body = route.body("Say it.", Map.of("max_tokens", 100));
        var quote = quoteOf(body);
        assertRefused(execute(system.customer("1.00"), quote, body), "quote_mismatch", "another_account");
        assertRefused(
                execute(customer, quote, route.body("Say more.", Map.of("max_tokens", 100))),
                "quote_mismatch",
                "another_body");
        assertRefused(
                execute(customer, quote, route.body("Say it.", Map.of("max_tokens", 101))), "quote_mismatch", "limit");
        var parts = quote.split("\\.");
        assertRefused(
                execute(customer, parts[0] + "." + parts[1] + "." + "A".repeat(43), body), "quote_mismatch", "altered");
        assertRefused(execute(customer, "no-quote", body), "quote_mismatch", "altered");
        assertThat(customer.statement()).as("nothing was held").hasSize(1);

        // In the body, with other words about delivery: the same request.
        var named = route.body("Say it.", Map.of("quote_id", quote, "stream", true));
        assertThat(customer.complete(named).statusCode()).isEqualTo(200);
        assertThat(charges()).isOne();
    }

    @Test
    void aLimitShrinksToTheCreditWhereThatIsWanted() {
        var poor = system.customer("0.0001");
        var refused = poor.complete(route.body("Say it. [[sim: tokens=500]]", Map.of("max_tokens", 1_000)));
        assertThat(refused.statusCode()).isEqualTo(402);
        var affordable = JsonMapper.shared()
                .readTree(refused.body())
                .path("error")
                .path("affordable_max_tokens")
                .asLong();

        var answer = poor.complete(route.body(
                "Say it. [[sim: tokens=500]]", Map.of("max_tokens", 1_000, "on_insufficient_credit", "shrink")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("x-completion-limit")).hasValue(affordable);
        assertThat(answer.headers().firstValueAsLong("x-completion-limit-shrunk-from"))
                .hasValue(1_000);
        var completion = JsonMapper.shared().readTree(answer.body());
        assertThat(completion.path("usage").path("completion_tokens").asLong()).isEqualTo(affordable);
        assertThat(completion.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("length");
        assertThat(poor.booksAtRest().available()).isLessThan(new java.math.BigDecimal("0.000002"));
    }

    @Test
    void howRightQuotesWereIsPublic() {
        var body = route.body("Say it.", Map.of("max_tokens", 100, "expectedCompletionTokens", 24));
        for (var i = 0; i < 5; i++) {
            assertThat(customer.complete(body).statusCode()).isEqualTo(200);
        }
        org.awaitility.Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var accuracy = accuracy();
            assertThat(accuracy.path("requests").asLong()).isEqualTo(5);
            // The simulator says 24 tokens unless told otherwise, and its prompts are counted as ours.
            assertThat(accuracy.path("median_error").asString()).isEqualTo("0");
            assertThat(accuracy.path("above_hold_share").asString()).isEqualTo("0");
            assertThat(amount(accuracy, "hold_returned_share"))
                    .isBetween(new java.math.BigDecimal("0.6"), new java.math.BigDecimal("0.8"));
        });
    }

    private JsonNode accuracy() {
        var answer = system.send("GET", "/api/v1/quote/accuracy", "", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared()
                .readTree(answer.body())
                .path("routes")
                .valueStream()
                .filter(one -> one.path("model").asString().equals(route.model()))
                .findFirst()
                .orElse(JsonMapper.shared().createObjectNode());
    }
}
