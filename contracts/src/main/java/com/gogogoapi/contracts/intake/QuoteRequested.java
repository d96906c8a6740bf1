package com.gogogoapi.contracts.intake;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.route.TokenPrices;
import com.gogogoapi.contracts.route.TokenUsage;
import java.time.Instant;
import java.util.UUID;

/**
 * A quote to be executed: asks the ledger to hold the most it can cost.
 *
 * @param promptTokens an upper bound of the prompt's tokens
 * @param maxCompletionTokens the completion limit that is enforced upstream
 * @param holdUsd the amount to hold: {@code prices.uncachedCostOf(promptTokens, maxCompletionTokens)}
 * @param validUntil the ledger refuses to hold later than this
 */
public record QuoteRequested(
        AccountId accountId,
        UUID requestId,
        String quoteId,
        String model,
        String priceVersion,
        TokenPrices prices,
        long promptTokens,
        long maxCompletionTokens,
        Usd holdUsd,
        Instant requestedAt,
        Instant validUntil)
        implements CreditIntake {

    /** @throws IllegalArgumentException if the hold is not exactly what the tokens cost at these prices */
    public QuoteRequested {
        if (!holdUsd.equals(prices.costOf(new TokenUsage(promptTokens, 0, maxCompletionTokens)))) {
            throw new IllegalArgumentException("the hold is not what its tokens cost at its prices");
        }
    }
}
