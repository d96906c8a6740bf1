package com.gogogoapi.ledger.account;

import static com.gogogoapi.ledger.account.Policy.refuseIf;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A quote becomes a hold of the most that it can cost, or is refused. */
final class Reserving {

    private static final Policy<QuoteRequested> STILL_VALID =
            (state, quote, at) -> refuseIf(at.isAfter(quote.validUntil()), RefusalReason.QUOTE_EXPIRED);

    private static final Policy<QuoteRequested> COVERED_BY_CREDIT = (state, quote, at) -> {
        var available = state.balance().availableUsd();
        return refuseIf(
                !coversAllOf(quote, available) && shrunkLimit(quote, available) < 1, RefusalReason.INSUFFICIENT_CREDIT);
    };

    private final HoldPolicy holds;
    private final Policy<QuoteRequested> policies;

    Reserving(HoldPolicy holds) {
        this.holds = holds;
        this.policies = Policy.inOrder(STILL_VALID, fewerOpenHoldsThan(holds.maxOpenHolds()), COVERED_BY_CREDIT);
    }

    private static Policy<QuoteRequested> fewerOpenHoldsThan(int most) {
        return (state, quote, at) -> refuseIf(state.openHolds().size() >= most, RefusalReason.TOO_MANY_OPEN_HOLDS);
    }

    Decision decide(AccountState state, QuoteRequested quote, Instant at, @Nullable List<LedgerEvent> history) {
        var first = FirstAnswer.to(quote, state, history);
        return first.isPresent() ? first.get() : decide(state, quote, at);
    }

    private Decision decide(AccountState state, QuoteRequested quote, Instant at) {
        var refusal = policies.refusal(state, quote, at);
        return new Decision.NewEvent(
                refusal.isPresent()
                        ? CreditRefused.of(quote, refusal.get(), at, state.balance())
                        : reserved(state, quote, at));
    }

    private CreditReserved reserved(AccountState state, QuoteRequested quote, Instant at) {
        var available = state.balance().availableUsd();
        var all = coversAllOf(quote, available);
        var limit = all ? quote.maxCompletionTokens() : shrunkLimit(quote, available);
        var hold = all ? quote.holdUsd() : quote.prices().uncachedCostOf(quote.promptTokens(), limit);
        return CreditReserved.of(
                quote,
                limit,
                hold,
                at.plus(holds.lifetime()),
                at,
                state.balance().reserved(hold));
    }

    private static boolean coversAllOf(QuoteRequested quote, Usd available) {
        return !available.isLessThan(quote.holdUsd());
    }

    /** The completion limit that this credit affords where the quote is to shrink; 0 where it affords or may none. */
    private static long shrunkLimit(QuoteRequested quote, Usd available) {
        if (!quote.shrinksToFit()) {
            return 0;
        }
        var forCompletion = available.minus(quote.prices().input().costOf(quote.promptTokens()));
        return forCompletion.isNegative()
                ? 0
                : quote.prices().output().tokensAffordableWith(forCompletion, quote.maxCompletionTokens());
    }
}
