package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quote to be executed: asks the ledger to hold the most it can cost.
 *
 * @param promptTokens an upper bound of the prompt's tokens
 * @param maxCompletionTokens the completion limit that is enforced upstream
 * @param holdUsd the amount to hold: {@code prices.uncachedCostOf(promptTokens, maxCompletionTokens)}
 * @param validUntil the ledger refuses to hold later than this
 * @param expectedUsd what the quote said it would probably cost; null where it said nothing
 * @param onInsufficientCredit null is {@link OnInsufficientCredit#REFUSE}
 * @param attemptId who asks; its answer names it, so that of several who execute one quote each knows whose the hold is.
 *     Null where nobody else can ask for the same
 * @param requestedBy whose request it is; null in older records
 * @param limits what it is measured against; null for nothing
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
        Instant validUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usd expectedUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OnInsufficientCredit onInsufficientCredit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID attemptId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RequestedBy requestedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Limits limits)
        implements CreditIntake {

    /** @throws IllegalArgumentException if the hold is not exactly what the tokens cost at these prices */
    public QuoteRequested {
        if (!holdUsd.equals(prices.costOf(new TokenUsage(promptTokens, 0, maxCompletionTokens)))) {
            throw new IllegalArgumentException("The hold must be what its tokens cost at its prices.");
        }
        if (limits != null && limits.areNone()) {
            limits = null;
        }
    }

    /** Whether a customer had the quote in hand before he had it executed: only then there may be several attempts. */
    public boolean isBinding() {
        return attemptId != null;
    }

    /** {@link #limits}, also where there are none. */
    public Limits limitsOrNone() {
        return limits == null ? Limits.NONE : limits;
    }

    public boolean shrinksToFit() {
        return onInsufficientCredit == OnInsufficientCredit.SHRINK;
    }
}
