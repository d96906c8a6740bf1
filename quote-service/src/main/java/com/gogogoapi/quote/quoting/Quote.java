package com.gogogoapi.quote.quoting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quote as the client reads it.
 *
 * @param promptTokens the upper bound that the hold is computed from
 * @param holdUsd what is held when it is executed: the most it can cost
 * @param requestId of a quote that is being executed, the request's id in the ledger; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Quote(
        @JsonProperty("quote_id") String quoteId,
        String object,
        String model,
        @JsonProperty("prompt_tokens") long promptTokens,
        @JsonProperty("expected_completion_tokens") long expectedCompletionTokens,
        @JsonProperty("max_completion_tokens") long maxCompletionTokens,
        @JsonProperty("expected_cost_usd") Usd expectedCostUsd,
        @JsonProperty("max_cost_usd") Usd maxCostUsd,
        @JsonProperty("hold_usd") Usd holdUsd,
        Price price,
        @JsonProperty("expires_at") Instant expiresAt,
        @JsonProperty("request_id") @Nullable UUID requestId) {

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
            @JsonProperty("valid_until") @Nullable Instant validUntil) {}
}
