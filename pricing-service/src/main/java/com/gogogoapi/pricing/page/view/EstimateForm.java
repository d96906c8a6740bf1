package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.money.Usd;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A form that asks the quote-service itself, filled in as the visitor left it, and what was answered.
 *
 * @param models to choose from
 * @param quoted null if nothing was asked, or it was refused
 */
public record EstimateForm(
        List<String> models, Estimate asked, @Nullable Quoted quoted) {

    /** As much as the proxy has counted for visitors. */
    public static final int MAX_PROMPT_CHARS = 1_000;

    private static final BigDecimal MANY = BigDecimal.valueOf(1_000);

    /**
     * The answer.
     *
     * @param expectedBy whose expectation the completion's length is, in words
     * @param window the name of the price's window; empty outside all of them
     */
    public record Quoted(
            String model,
            String expectedCost,
            String maxCost,
            String costOfAThousand,
            long promptTokens,
            long expectedCompletionTokens,
            String expectedBy,
            long maxCompletionTokens,
            String priceVersion,
            String window) {

        static Quoted of(JsonNode quote) {
            var expected = Usd.parse(quote.path("expected_cost_usd").asString("0"));
            var most = Usd.parse(quote.path("max_cost_usd").asString("0"));
            var price = quote.path("price");
            return new Quoted(
                    quote.path("model").asString(""),
                    "$" + expected,
                    "$" + most,
                    "$" + new Usd(expected.amount().multiply(MANY)),
                    quote.path("prompt_tokens").asLong(),
                    quote.path("expected_completion_tokens").asLong(),
                    EstimateForm.expectedBy(quote.path("expected_from").asString("")),
                    quote.path("max_completion_tokens").asLong(),
                    price.path("price_version").asString(""),
                    price.path("window").asString(""));
        }
    }

    private static String expectedBy(String from) {
        return switch (from) {
            case "request" -> "as you say";
            case "limit" -> "the model’s default limit, since nothing is known of its answers yet";
            default -> "as its answers were so far";
        };
    }

    static EstimateForm of(List<String> models, Estimate asked) {
        var quote = asked.quote();
        return new EstimateForm(models, asked, quote == null ? null : Quoted.of(quote));
    }
}
