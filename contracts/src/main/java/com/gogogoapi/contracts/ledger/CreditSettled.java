package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param refundedUsd what of the hold went back to available
 * @param overrunUsd what the credit could not cover, written off
 * @param late whether the hold had expired before the completion surfaced
 * @param burned which grants paid {@code chargedUsd}, in the order in which they burned; absent where nothing was charged,
 *     and in older events, whose grants burned by the same rule
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
        Usd refundedUsd,
        Usd overrunUsd,
        boolean late,
        Instant decidedAt,
        Balance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<GrantBurned> burned)
        implements LedgerEvent {

    public CreditSettled {
        burned = burned == null ? null : List.copyOf(burned);
    }
}
