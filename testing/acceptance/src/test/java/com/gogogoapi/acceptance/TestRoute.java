package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A route of a test's own, whose price it can change without disturbing others. */
record TestRoute(RunningSystem system, String model) {

    static final Map<String, Integer> LIMITS =
            Map.of("context_tokens", 100_000, "max_completion_tokens", 10_000, "default_max_completion_tokens", 1_000);

    /** Prices in USD per million tokens. */
    record Prices(String input, String cachedInput, String output) {

        /** What a line of a statement comes to at these prices. */
        BigDecimal costOf(JsonNode charge) {
            var prompt = charge.path("prompt_tokens").asLong();
            var cached = charge.path("cached_prompt_tokens").asLong();
            return new BigDecimal(input)
                    .multiply(BigDecimal.valueOf(prompt - cached))
                    .add(new BigDecimal(cachedInput).multiply(BigDecimal.valueOf(cached)))
                    .add(new BigDecimal(output)
                            .multiply(BigDecimal.valueOf(
                                    charge.path("completion_tokens").asLong())))
                    .movePointLeft(6);
        }
    }

    /** Publishes a price and returns its version. */
    String publish(Prices prices, Instant validFrom) {
        return publish(prices, validFrom, LIMITS);
    }

    String publishWithVision(Prices prices) {
        var limits = new HashMap<String, Object>(LIMITS);
        limits.put("vision", true);
        return publish(prices, null, limits);
    }

    private String publish(Prices prices, Instant validFrom, Map<String, ?> limits) {
        var body = new HashMap<String, Object>(Map.of(
                "input_usd_per_million", prices.input(),
                "cached_input_usd_per_million", prices.cachedInput(),
                "output_usd_per_million", prices.output(),
                "source", Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z"),
                "limits", limits));
        if (validFrom != null) {
            body.put("valid_from", validFrom.toString());
        }
        return system.operator("POST", "/routes/" + model + "/prices", body)
                .path("price_version")
                .asString();
    }

    void awaitQuotedAt(Customer customer, String priceVersion) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> customer.quote(
                        body("hi", Map.of()))
                .path("price")
                .path("price_version")
                .asString()
                .equals(priceVersion));
    }

    String body(String text, Map<String, Object> more) {
        var body = new HashMap<String, Object>(more);
        body.put("model", model);
        body.put("messages", List.of(Map.of("role", "user", "content", text)));
        var json = JsonMapper.shared().writeValueAsString(body);
        assertThat(json).contains(model);
        return json;
    }
}
