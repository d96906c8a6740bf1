package com.gogogoapi.contracts.pricing;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;

/**
 * The unit prices of one price version.
 *
 * @param input USD per million prompt tokens not served from the upstream's cache
 * @param cachedInput USD per million prompt tokens served from the cache; never above {@code input}, so that a hold
 *     computed without the cache always suffices
 * @param output USD per million completion tokens
 */
public record TokenPrices(UsdPerMillion input, UsdPerMillion cachedInput, UsdPerMillion output) {

    /** @throws IllegalArgumentException if the cached price is above the uncached one */
    public TokenPrices {
        if (cachedInput.isAbove(input)) {
            throw new IllegalArgumentException("The cached input price must not be above the input price.");
        }
    }

    /** What this usage costs, exact. */
    public Usd costOf(TokenUsage usage) {
        return input.costOf(usage.promptTokens() - usage.cachedPromptTokens())
                .plus(cachedInput.costOf(usage.cachedPromptTokens()))
                .plus(output.costOf(usage.completionTokens()));
    }

    /** What so many tokens cost when nothing comes from the cache: the amount of a hold. */
    public Usd uncachedCostOf(long promptTokens, long completionTokens) {
        return costOf(new TokenUsage(promptTokens, 0, completionTokens));
    }

    /** Whether any class of token is cheaper here than there: selling it at these prices would lose on that class. */
    public boolean isBelow(TokenPrices cost) {
        return cost.input.isAbove(input) || cost.cachedInput.isAbove(cachedInput) || cost.output.isAbove(output);
    }
}
