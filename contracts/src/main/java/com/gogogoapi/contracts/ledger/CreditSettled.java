package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request was charged for what it used and the rest of its hold went back to available.
 *
 * <p>The cost is {@code prices.costOf(usage)} and equals {@code chargedUsd + overrunUsd}, exactly.
 *
 * @param heldUsd what the hold still held; zero for a late settlement, whose hold had expired
 * @param chargedUsd taken from the hold first, then from available, never below zero
 * @param releasedUsd what of the hold went back to available; {@code refundedUsd} in JSON, as it has always been called there
 * @param overrunUsd what the credit could not cover, written off
 * @param late whether the hold had expired before the completion surfaced
 * @param usage what is charged: what the upstream stated, within the bounds of the hold
 * @param consumed which grants paid {@code chargedUsd}, in the order in which they were consumed ({@code burned} in JSON);
 *     absent where nothing was charged, and in older events, whose grants were consumed by the same rule
 * @param aboveHold what the upstream stated beyond the bounds of the hold; null for nothing
 * @param reasoningTokens how many of the charged completion tokens were reasoning, for information; null where the upstream
 *     did not say
 * @param scopes for whose spending a late charge counts, as its hold did; null for none, and where it is not late, since
 *     the hold says so then
 */
public record CreditSettled(
        AccountId accountId,
        UUID requestId,
        Outcome outcome,
        String model,
        String priceVersion,
        TokenPrices prices,
        TokenUsage usage,
        boolean usageEstimated,
        Usd heldUsd,
        Usd chargedUsd,
        @JsonProperty("refundedUsd") Usd releasedUsd,
        Usd overrunUsd,
        boolean late,
        Instant decidedAt,
        Balance balance,

        @JsonProperty("burned") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        List<GrantConsumed> consumed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AboveHold aboveHold,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reasoningTokens,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<BudgetScope> scopes)
        implements LedgerEvent {

    public CreditSettled {
        consumed = consumed == null ? null : List.copyOf(consumed);
        scopes = scopes == null || scopes.isEmpty() ? null : List.copyOf(scopes);
    }
}
