package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hold began: its amount left {@code available} and waits in {@code held} for the request's end.
 *
 * @param heldUsd the hold's amount
 * @param maxCompletionTokens the limit it was held for: the quote's, or what the credit afforded where it was to shrink
 * @param expiresAt when the hold is released if nobody completes the request
 * @param expectedUsd what the quote said it would probably cost; null where it said nothing
 * @param attemptId who asked for it; null where nobody else could have
 * @param maxPromptTokens how many prompt tokens are charged at most, should the upstream count more than {@code promptTokens};
 *     null in older events, whose charges have no bounds
 * @param requestedBy as the quote said; null in older events
 * @param limits what it was measured against; null for nothing
 */
public record CreditReserved(
        AccountId accountId,
        UUID requestId,
        String quoteId,
        String model,
        String priceVersion,
        TokenPrices prices,
        long promptTokens,
        long maxCompletionTokens,
        Usd heldUsd,
        Instant expiresAt,
        Instant decidedAt,
        Balance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usd expectedUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID attemptId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long maxPromptTokens,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RequestedBy requestedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Limits limits)
        implements LedgerEvent {

    /**
     * The hold that a quote asked for.
     *
     * @param maxCompletionTokens the quote's limit, or a lower one
     * @param heldUsd what the quote's prompt and so many tokens cost at most
     * @param maxPromptTokens how many prompt tokens are charged at most
     */
    public static CreditReserved of(
            QuoteRequested quote,
            long maxCompletionTokens,
            Usd heldUsd,
            long maxPromptTokens,
            Instant expiresAt,
            Instant decidedAt,
            Balance balance) {
        return new CreditReserved(
                quote.accountId(),
                quote.requestId(),
                quote.quoteId(),
                quote.model(),
                quote.priceVersion(),
                quote.prices(),
                quote.promptTokens(),
                maxCompletionTokens,
                heldUsd,
                expiresAt,
                decidedAt,
                balance,
                quote.expectedUsd(),
                quote.attemptId(),
                maxPromptTokens,
                quote.requestedBy(),
                quote.limits());
    }

    /** {@link #limits}, also where there are none. */
    public Limits limitsOrNone() {
        return limits == null ? Limits.NONE : limits;
    }

    /** For whose spending it counts, each once: who asked for it, the account, and whatever limits it was measured against. */
    public List<BudgetScope> scopes() {
        if (requestedBy == null && limits == null) {
            return List.of();
        }
        var scopes = new ArrayList<BudgetScope>();
        if (requestedBy != null) {
            scopes.addAll(requestedBy.scopes());
        }
        scopes.add(BudgetScope.ofAccount(accountId));
        for (var budget : limitsOrNone().budgets()) {
            if (!scopes.contains(budget.scope())) {
                scopes.add(budget.scope());
            }
        }
        return List.copyOf(scopes);
    }

    /** What may be charged at most; null in older events, whose charges have no bounds. */
    public @Nullable ChargeBounds bounds() {
        return maxPromptTokens == null ? null : new ChargeBounds(maxPromptTokens, maxCompletionTokens);
    }

    /** What a usage will cost, should the credit cover it. */
    public Usd costOf(TokenUsage stated) {
        var bounds = bounds();
        return prices.costOf(bounds == null ? stated : bounds.chargeable(stated));
    }
}
