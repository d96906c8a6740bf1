package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators do to routes and their prices, at the public door. */
@Tag("acceptance")
class RouteOperatorsTest {

    private static final Map<String, String> SOURCE =
            Map.of("url", "https://example.com/prices", "retrieved_at", "2026-11-23T00:00:00Z");
    private static final Map<String, Integer> LIMITS = Map.of(
            "context_tokens", 1_000_000, "max_completion_tokens", 393_216, "default_max_completion_tokens", 32_768);

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(SYSTEM.url(path))).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void marginsAreToldByWhatTheUpstreamChargesNowAndToOperatorsAlone() throws Exception {
        var margins = SYSTEM.operator("GET", "/margins", Map.of());
        assertThat(margins.path("data")
                        .valueStream()
                        .filter(route -> route.path("model").asString().startsWith("deepseek-"))
                        .allMatch(route -> route.path("cost_known").asBoolean()
                                && route.path("losing_now").asBoolean()))
                .isTrue();
        assertThat(get("/api/v1/operator/margins").statusCode()).isEqualTo(401);
    }

    /** As curl sends a file unless told otherwise: claiming to be a form. */
    @Test
    void aRouteFileIsTriedBeforeItIsImported() throws Exception {
        var yaml = """
                routes:
                  - model: page-imported
                    limits: {context_tokens: 1000, max_completion_tokens: 100, default_max_completion_tokens: 50}
                    prices:
                      - {input_usd_per_million: 1, cached_input_usd_per_million: 0.5, output_usd_per_million: 2,
                         valid_from: 2026-01-01T00:00:00Z,
                         source: {url: "https://example.com", retrieved_at: 2026-01-01T00:00:00Z}}
                """;
        assertThat(importing("?dry_run=true", yaml).body()).contains("\"dry_run\":true", "\"action\":\"add_history\"");
        assertThat(get("/api/v1/pricing/page-imported").statusCode()).isEqualTo(404);
        assertThat(importing("?dry_run=yes", yaml).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/pricing/page-imported").statusCode()).isEqualTo(404);
        assertThat(importing("", yaml).body()).contains("\"applied\":true");
        assertThat(get("/api/v1/pricing/page-imported").body()).contains("\"output_usd_per_million\":\"2.00\"");
    }

    private static HttpResponse<String> importing(String query, String yaml) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(SYSTEM.url("/api/v1/operator/routes/import" + query)))
                                .header("Authorization", "Bearer " + SYSTEM.access("operator_token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(yaml))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Sold at a loss, suspended by its policy: a clear 503 for quotes and requests, and no charge. */
    @Test
    void aSuspendedRouteIsRefusedClearly() {
        var model = "page-loss";
        var terms = Map.<String, Object>of(
                "input_usd_per_million", "1",
                "cached_input_usd_per_million", "0",
                "output_usd_per_million", "2",
                "limits", LIMITS,
                "source", SOURCE);
        var dearer = new HashMap<>(terms);
        dearer.remove("limits");
        dearer.put("output_usd_per_million", "3");
        SYSTEM.operator("POST", "/routes/" + model + "/prices", terms);
        SYSTEM.operator("POST", "/routes/" + model + "/costs", dearer);
        SYSTEM.operator("PUT", "/routes/" + model + "/loss-policy", Map.of("policy", "suspend", "reason", "too dear"));
        var customer = SYSTEM.customer("1.00");
        var body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var refused = SYSTEM.send("POST", "/v1/chat/completions", customer.apiKey(), body);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("route_suspended");
            assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
        });
        assertThat(customer.books().openHolds()).isZero();

        SYSTEM.operator("PUT", "/routes/" + model + "/loss-policy", Map.of("policy", "sell"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(SYSTEM.send("POST", "/v1/quote", customer.apiKey(), body)
                                .statusCode())
                        .isEqualTo(200));
    }

    /** Of all accounts together, and before anybody pays it. */
    @Test
    void aPriceIsTriedOnWhatWasUsed() {
        var route = new TestRoute(SYSTEM, "tried-" + UUID.randomUUID());
        var version = route.publish(new TestRoute.Prices("1", "1", "2"), null);
        SYSTEM.operator("POST", "/routes/" + route.model() + "/costs", terms("0.5", "1"));
        for (var customer : List.of(SYSTEM.customer("1.00"), SYSTEM.customer("1.00"))) {
            route.awaitQuotedAt(customer, version);
            assertThat(customer.complete(route.body("Hello", Map.of("max_tokens", 7)))
                            .statusCode())
                    .isEqualTo(200);
        }
        var path = "/routes/" + route.model() + "/prices/preview?days=1";
        await().atMost(Duration.ofMinutes(2))
                .until(() -> SYSTEM.operator("POST", path, terms("2", "4"))
                                .path("requests")
                                .asInt()
                        == 2);
        var preview = SYSTEM.operator("POST", path, terms("2", "4"));
        var charged = usd(preview, "charged_usd");
        assertThat(charged).isPositive();
        assertThat(usd(preview, "proposed_usd")).isEqualByComparingTo(charged.add(charged));
        assertThat(usd(preview, "cost_usd").add(usd(preview, "cost_usd"))).isEqualByComparingTo(charged);
        assertThat(usd(preview, "proposed_margin_usd"))
                .isEqualByComparingTo(charged.add(charged).subtract(usd(preview, "cost_usd")));
        assertThat(preview.path("as_of").size()).isPositive();
        assertThat(preview.path("losses").size()).isZero();

        var dear = SYSTEM.operator("POST", path, terms("0.4", "4"));
        assertThat(dear.path("losses").size()).as("input below its cost").isEqualTo(1);
        assertThat(SYSTEM.operator("GET", "/routes/" + route.model(), Map.of())
                        .path("prices")
                        .size())
                .as("nothing was published")
                .isEqualTo(1);
        for (var wrong : List.of("?days=0", "?days=32", "?days=x")) {
            assertThat(SYSTEM.send(
                                    "POST",
                                    "/v1/operator/routes/" + route.model() + "/prices/preview" + wrong,
                                    SYSTEM.access("operator_token"),
                                    "{}")
                            .body())
                    .contains("\"param\":\"days\"");
        }
    }

    private static Map<String, Object> terms(String input, String output) {
        return Map.of(
                "input_usd_per_million", input,
                "cached_input_usd_per_million", input,
                "output_usd_per_million", output,
                "source", SOURCE);
    }

    private static BigDecimal usd(JsonNode answer, String field) {
        return new BigDecimal(answer.path(field).asString());
    }
}
