package com.gogogoapi.quote.quoting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quote as the client reads it.
 *
 * @param protocol in which it was read, and can be executed
 * @param promptTokens as counted
 * @param maxPromptTokens what is held for: above the count where the upstream may render a request's structure otherwise
 * @param expectedFrom who expects so many completion tokens
 * @param holdUsd what is held when it is executed: the most it can cost
 * @param cheapestAlternative the other route that would probably cost least; null where no other could serve the request
 * @param requestId of a quote that is being executed, the request's id in the ledger; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Quote(
        @JsonProperty("quote_id") String quoteId,
        String object,
        String protocol,
        String model,
        @JsonProperty("prompt_tokens") long promptTokens,
        @JsonProperty("max_prompt_tokens") long maxPromptTokens,
        @JsonProperty("expected_completion_tokens") long expectedCompletionTokens,
        @JsonProperty("expected_from") @Nullable ExpectedFrom expectedFrom,
        @JsonProperty("max_completion_tokens") long maxCompletionTokens,
        @JsonProperty("expected_cost_usd") Usd expectedCostUsd,
        @JsonProperty("max_cost_usd") Usd maxCostUsd,
        @JsonProperty("hold_usd") Usd holdUsd,
        Price price,
        @JsonProperty("cheapest_alternative") @Nullable Alternative cheapestAlternative,
        @JsonProperty("expires_at") Instant expiresAt,
        @JsonProperty("request_id") @Nullable UUID requestId) {

    /** Where an expectation comes from. */
    enum ExpectedFrom {
        /** The caller said it. */
        @JsonProperty("request")
        REQUEST,
        /** Half of the account's own completions are no longer. */
        @JsonProperty("account")
        ACCOUNT,
        /** Half of all completions of the route are no longer. */
        @JsonProperty("route")
        ROUTE,
        /** Too little is known: the limit itself. */
        @JsonProperty("limit")
        LIMIT
    }

    /**
     * The price it binds to.
     *
     * @param window the name of the window of that version that applies; null outside all of them
     * @param validUntil when the route's price turns next; the quote itself binds until it expires
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Price(
            @JsonProperty("price_version") String priceVersion,
            @JsonProperty("input_usd_per_million") UsdPerMillion input,
            @JsonProperty("cached_input_usd_per_million") UsdPerMillion cachedInput,
            @JsonProperty("output_usd_per_million") UsdPerMillion output,
            @Nullable String window,
            @JsonProperty("valid_until") @Nullable Instant validUntil) {

        static Price of(PriceAt price) {
            return of(price.version(), price.prices(), price.window(), price.validUntil());
        }

        static Price of(String version, TokenPrices prices, @Nullable String window, @Nullable Instant validUntil) {
            return new Price(version, prices.input(), prices.cachedInput(), prices.output(), window, validUntil);
        }
    }

    /** What the same request would cost on another route. */
    record Alternative(
            String model,
            @JsonProperty("expected_cost_usd") Usd expectedCostUsd,
            @JsonProperty("max_cost_usd") Usd maxCostUsd,
            Price price) {}
}
