package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as its events made it.
 *
 * @param end how its hold ended; null while it is open
 * @param charge what was charged; null where nothing was yet
 */
record RequestRow(
        AccountId account,
        UUID requestId,
        int shard,
        Asked asked,
        Held held,
        @Nullable End end,
        @Nullable Charge charge) {

    /** @param by null where an older ledger did not say whose request it is */
    record Asked(
            String quoteId,
            @Nullable UUID attemptId,
            String model,
            String priceVersion,
            TokenPrices prices,
            long promptTokens,
            long maxCompletionTokens,
            @Nullable Usd expected,
            @Nullable RequestedBy by) {}

    record Held(Usd amount, Instant at, long sequence, Instant expiresAt) {}

    record End(Outcome rule, Instant at, long sequence, Usd refunded) {}

    record Charge(
            Outcome rule,
            TokenUsage usage,
            boolean estimated,
            @Nullable Long reasoningTokens,
            Usd charged,
            Usd writtenOff,
            @Nullable Usd aboveHold,
            boolean late,
            Instant at,
            long sequence) {}

    static RequestRow of(int shard, long sequence, CreditReserved event) {
        return new RequestRow(
                event.accountId(),
                event.requestId(),
                shard,
                new Asked(
                        event.quoteId(),
                        event.attemptId(),
                        event.model(),
                        event.priceVersion(),
                        event.prices(),
                        event.promptTokens(),
                        event.maxCompletionTokens(),
                        event.expectedUsd(),
                        event.requestedBy()),
                new Held(event.heldUsd(), event.decidedAt(), sequence, event.expiresAt()),
                null,
                null);
    }

    RequestRow with(long sequence, CreditReleased event) {
        var ended = new End(event.outcome(), event.decidedAt(), sequence, event.releasedUsd());
        return new RequestRow(account, requestId, shard, asked, held, ended, charge);
    }

    RequestRow with(long sequence, CreditSettled event) {
        var above = event.aboveHold();
        var charged = new Charge(
                event.outcome(),
                event.usage(),
                event.usageEstimated(),
                event.reasoningTokens(),
                event.chargedUsd(),
                event.overrunUsd(),
                above == null ? null : above.usd(),
                event.late(),
                event.decidedAt(),
                sequence);
        // The hold of a late charge ended before it, and that stays.
        var ended = event.late() ? end : new End(event.outcome(), event.decidedAt(), sequence, event.releasedUsd());
        return new RequestRow(account, requestId, shard, asked, held, ended, charged);
    }

    /** The outcome that counts: the last one; null while it is open. */
    @Nullable
    Outcome rule() {
        return charge != null ? charge.rule() : end != null ? end.rule() : null;
    }
}
