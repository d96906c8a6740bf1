package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.pricing.TokenUsage;

/**
 * The most tokens of a request that are charged, whatever its upstream states: pinned by its hold, as its prices are.
 *
 * @param promptTokens cached ones included
 * @param completionTokens the limit that was sent to the upstream
 */
public record ChargeBounds(long promptTokens, long completionTokens) {

    /** What of a usage is charged; the same usage if it stays within these bounds. */
    public TokenUsage chargeable(TokenUsage stated) {
        if (stated.promptTokens() <= promptTokens && stated.completionTokens() <= completionTokens) {
            return stated;
        }
        var prompt = Math.min(stated.promptTokens(), promptTokens);
        return new TokenUsage(
                prompt,
                Math.min(stated.cachedPromptTokens(), prompt),
                Math.min(stated.completionTokens(), completionTokens));
    }
}
