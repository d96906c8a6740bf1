package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.AboveHold;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hold ends with its request: what was used is charged, and the rest is released. */
final class Completing {

    private Completing() {}

    static Decision decide(
            AccountState state, UpstreamCompleted completed, Instant at, @Nullable List<LedgerEvent> history) {
        var hold = state.openHolds().get(completed.requestId());
        if (hold != null) {
            var usage = completed.usage();
            return usage == null
                    ? release(state, hold, completed, completed.outcome(), at)
                    : settle(state, hold, hold.heldUsd(), completed, usage, null, at);
        }
        return history == null
                ? new Decision.NeedsHistory(completed.requestId())
                : LateCompletion.decide(state, completed, at, history);
    }

    /**
     * Charges what the usage costs, within the bounds of the hold and as far as there is credit; what there is none for is
     * written off, and what is beyond the bounds is only recorded.
     */
    private static Decision settle(
            AccountState state,
            Hold hold,
            Usd heldUsd,
            UpstreamCompleted completed,
            TokenUsage stated,
            @Nullable CreditReserved expired,
            Instant at) {
        var late = expired != null;
        var bounds = hold.bounds();
        var usage = bounds == null ? stated : bounds.chargeable(stated);
        var cost = hold.prices().costOf(usage);
        var charge = cost.min(heldUsd.plus(state.balance().availableUsd()));
        return new Decision.NewEvent(new CreditSettled(
                completed.accountId(),
                completed.requestId(),
                completed.outcome(),
                hold.model(),
                hold.priceVersion(),
                hold.prices(),
                usage,
                completed.usageEstimated(),
                heldUsd,
                charge,
                heldUsd.minus(charge).max(Usd.ZERO),
                cost.minus(charge),
                late,
                at,
                state.balance().settled(heldUsd, charge, late),
                charge.isZero() ? null : state.lots().toConsume(charge),
                usage.equals(stated) ? null : AboveHold.of(stated, usage, hold.prices()),
                reasoningOf(completed, usage),
                expired == null ? null : expired.scopes()));
    }

    /** As {@link #settle}, of a hold that has expired. */
    static Decision settleLate(
            AccountState state, CreditReserved expired, UpstreamCompleted completed, TokenUsage stated, Instant at) {
        return settle(state, Hold.of(expired, null), Usd.ZERO, completed, stated, expired, at);
    }

    /** As stated, and no more than is charged at all. */
    private static @Nullable Long reasoningOf(UpstreamCompleted completed, TokenUsage charged) {
        var reasoning = completed.reasoningTokens();
        return reasoning == null ? null : Long.valueOf(Math.min(reasoning, charged.completionTokens()));
    }

    /** All of the hold goes back to available. */
    static Decision release(AccountState state, Hold hold, CreditIntake cause, Outcome outcome, Instant at) {
        return new Decision.NewEvent(new CreditReleased(
                cause.accountId(),
                cause.requestId(),
                outcome,
                hold.heldUsd(),
                at,
                state.balance().released(hold.heldUsd())));
    }
}
