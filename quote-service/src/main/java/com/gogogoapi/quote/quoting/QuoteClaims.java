package com.gogogoapi.quote.quoting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a signed quote says.
 *
 * @param protocol in which its request came; null in quotes of 0.5, which were for any
 * @param window the window of the price version that applied; null outside all of them
 * @param promptTokens as counted
 * @param maxPromptTokens what is held for
 * @param bodySha256 {@link PricedBody#sha256} of the request it was made for
 */
record QuoteClaims(
        UUID quote,
        AccountId account,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String protocol,
        String model,
        String priceVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String window,
        TokenPrices prices,
        long promptTokens,
        long maxPromptTokens,
        long expectedCompletionTokens,
        long maxCompletionTokens,
        String bodySha256,
        Instant expiresAt) {

    /** The same with a lower limit. */
    QuoteClaims limitedTo(long completionTokens) {
        return new QuoteClaims(
                quote,
                account,
                protocol,
                model,
                priceVersion,
                window,
                prices,
                promptTokens,
                maxPromptTokens,
                Math.min(expectedCompletionTokens, completionTokens),
                completionTokens,
                bodySha256,
                expiresAt);
    }

    /** What it will probably cost; the cache, which can only make it less, is not reckoned with. */
    Usd expectedUsd() {
        return prices.uncachedCostOf(promptTokens, expectedCompletionTokens);
    }

    /** The most it can cost: what is held. */
    Usd mostUsd() {
        return prices.uncachedCostOf(maxPromptTokens, maxCompletionTokens);
    }
}
