package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class QuoteTest {

    private final Customer customer = RunningSystem.shared().customer("1.00");

    @Test
    void theSeedRequestGetsACorrectQuote() {
        var quote = customer.quote("""
                {"model":"deepseek-v4-flash","messages":[{"role":"user","content":"Summarize this."}],"expectedCompletionTokens":256}""");

        // "Summarize this." is four tokens, and the template adds one that begins the text and three around a user's.
        assertThat(quote.path("prompt_tokens").asLong()).isEqualTo(8);
        assertThat(quote.path("expected_completion_tokens").asLong()).isEqualTo(256);
        assertThat(quote.path("max_completion_tokens").asLong()).isEqualTo(256);
        assertThat(amount(quote, "expected_cost_usd")).isEqualByComparingTo(flashCost(8, 0, 256));
        assertThat(amount(quote, "max_cost_usd")).isEqualByComparingTo("0.0000728");
        assertThat(quote.path("model").asString()).isEqualTo("deepseek-v4-flash");
        assertThat(quote.path("price").path("price_version").asString()).startsWith("deepseek-v4-flash@");
        assertThat(quote.path("price").path("input_usd_per_million").asString()).isEqualTo("0.14");
        assertThat(quote.path("price").path("cached_input_usd_per_million").asString())
                .isEqualTo("0.0028");
        assertThat(quote.path("price").path("output_usd_per_million").asString())
                .isEqualTo("0.28");
        assertThat(Instant.parse(quote.path("expires_at").asString())).isAfter(Instant.now());
        assertThat(quote.path("quote_id").asString()).isNotBlank();
        assertThat(customer.books().openHolds()).as("a quote reserves nothing").isZero();
    }

    @Test
    void anOperatorsNewPriceIsQuotedWithoutARestart() {
        var system = RunningSystem.shared();
        var model = "test-route-" + customer.account();
        system.operator(
                "POST",
                "/routes/" + model + "/prices",
                java.util.Map.of(
                        "input_usd_per_million", "1",
                        "cached_input_usd_per_million", "0.5",
                        "output_usd_per_million", "2",
                        "source",
                                java.util.Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z"),
                        "limits",
                                java.util.Map.of(
                                        "context_tokens", 1000,
                                        "max_completion_tokens", 100,
                                        "default_max_completion_tokens", 50)));
        org.awaitility.Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var quote = customer.quote(
                    "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize this.\"}],\"max_tokens\":10}"
                            .formatted(model));
            assertThat(amount(quote, "max_cost_usd")).isEqualByComparingTo("0.000028");
        });
    }
}
