package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A route can be called by its aliases; whatever is kept of a request names the route itself. */
@Tag("acceptance")
class AliasTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    private final Customer customer = SYSTEM.customer("1.00");

    private String body(String model) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "model",
                        model,
                        "messages",
                        List.of(Map.of("role", "user", "content", "Hello " + customer.account())),
                        "max_tokens",
                        20));
    }

    private static JsonNode json(String path) {
        var answer = SYSTEM.send("GET", path, "", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> execute(String quoteId, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(SYSTEM.url("/v1/chat/completions")))
                                .header("Authorization", "Bearer " + customer.apiKey())
                                .header("X-Quote-Id", quoteId)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itIsShownWhereModelsAndPricesAre() {
        for (var path : List.of("/v1/models/deepseek-flash", "/api/v1/models/deepseek-v4-flash")) {
            var model = json(path);
            assertThat(model.path("id").asString()).isEqualTo("deepseek-v4-flash");
            assertThat(model.path("aliases").toString()).isEqualTo("[\"deepseek-flash\"]");
        }
        assertThat(json("/api/v1/pricing/deepseek-flash").path("model").asString())
                .isEqualTo("deepseek-v4-flash");
        assertThat(json("/api/v1/pricing/deepseek-flash/history").path("model").asString())
                .isEqualTo("deepseek-v4-flash");
        assertThat(json("/v1/models").path("data").valueStream().map(model -> model.path("id")
                        .asString()))
                .contains("deepseek-v4-flash")
                .doesNotContain("deepseek-flash");
    }

    @Test
    void everythingThatIsKeptOfARequestNamesTheRoute() {
        var quote = customer.quote(body("deepseek-flash"));
        assertThat(quote.path("model").asString()).isEqualTo("deepseek-v4-flash");
        assertThat(quote.path("price").path("price_version").asString()).startsWith("deepseek-v4-flash@");

        var answer = customer.complete(body("deepseek-flash"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-price-version").orElse("")).startsWith("deepseek-v4-flash@");

        assertThat(customer.statement()).hasSizeGreaterThan(1).noneMatch(line -> line.toString()
                .contains("deepseek-flash"));
        assertThat(customer.lastLine().path("model").asString()).isEqualTo("deepseek-v4-flash");
        var receipt = SYSTEM.send(
                "GET",
                "/v1/requests/" + customer.lastLine().path("request_id").asString() + "/receipt",
                customer.apiKey(),
                "");
        assertThat(receipt.body()).contains("deepseek-v4-flash").doesNotContain("\"deepseek-flash");
        assertThat(SYSTEM.simulator("GET", "/requests")
                        .path("data")
                        .valueStream()
                        .filter(entry -> entry.path("last_message").asString().contains(customer.account()))
                        .map(entry -> entry.path("model").asString()))
                .as("the upstream is asked for what is charged")
                .containsExactly("deepseek-v4-flash");
    }

    /** It is the same request, so the quote binds. */
    @Test
    void aQuoteMadeUnderOneNameIsExecutedUnderTheOther() throws Exception {
        for (var names : List.of(
                List.of("deepseek-flash", "deepseek-v4-flash"), List.of("deepseek-v4-flash", "deepseek-flash"))) {
            var quote = customer.quote(body(names.getFirst())).path("quote_id").asString();
            var answer = execute(quote, body(names.getLast()));
            assertThat(answer.statusCode()).as(names + answer.body()).isEqualTo(200);
        }
        var quote = customer.quote(body("deepseek-flash")).path("quote_id").asString();
        assertThat(execute(quote, body("deepseek-v4-pro")).statusCode()).isEqualTo(422);
    }

    @Test
    void anOperatorSetsThemAndTheyTakeEffectWithoutARestart() {
        var route = new TestRoute(SYSTEM, "alias-route");
        route.publish(new TestRoute.Prices("1", "1", "1"), null);
        SYSTEM.operator(
                "PUT", "/routes/alias-route/aliases", Map.of("aliases", List.of("alias-a"), "reason", "a test"));
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        customer.complete(body("alias-a")).statusCode())
                .isEqualTo(200));
        assertThat(customer.lastLine().path("model").asString()).isEqualTo("alias-route");

        SYSTEM.operator("PUT", "/routes/alias-route/aliases", Map.of("aliases", List.of()));
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        customer.complete(body("alias-a")).statusCode())
                .isEqualTo(404));
        var taken = SYSTEM.send(
                "PUT",
                "/v1/operator/routes/alias-route/aliases",
                SYSTEM.access("operator_token"),
                "{\"aliases\":[\"deepseek-v4-pro\"]}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(422);
        assertThat(taken.body()).contains("alias_taken");
    }
}
