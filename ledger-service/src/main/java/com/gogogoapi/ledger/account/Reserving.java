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

    private static final Policy<QuoteRequested> COUNTED = (state, quote, at) ->
            refuseIf(state.limited().budgets().areFullFor(quote.limitsOrNone()), RefusalReason.TOO_MANY_SCOPES);

    private static final int BELIEVED_PART_OF_PROMPT = 4;
    private static final int BELIEVED_PROMPT_TOKENS = 64;

    private final HoldPolicy holds;
    private final Policy<QuoteRequested> policies;

    Reserving(HoldPolicy holds) {
        this.holds = holds;
        this.policies =
                Policy.inOrder(STILL_VALID, fewerOpenHoldsThan(holds.maxOpenHolds()), COVERED_BY_CREDIT, COUNTED);
    }

    private static Policy<QuoteRequested> fewerOpenHoldsThan(int most) {
        return (state, quote, at) -> refuseIf(state.openHolds().size() >= most, RefusalReason.TOO_MANY_OPEN_HOLDS);
    }

    Decision decide(AccountState state, QuoteRequested quote, Instant at, @Nullable List<LedgerEvent> history) {
        var first = FirstAnswer.to(quote, state, history);
        return first.isPresent() ? first.get() : decide(state, quote, at);
    }

    private Decision decide(AccountState state, QuoteRequested quote, Instant at) {
        // First of all: what comes too fast is answered without a trace, so that no flood gets into the log.
        var tooSoon = state.limited().rates().exceeded(quote, at);
        if (tooSoon.isPresent()) {
            return new Decision.TooSoon(tooSoon.get());
        }
        var refusal = policies.refusal(state, quote, at);
        return new Decision.NewEvent(
                refusal.isPresent()
                        ? CreditRefused.of(quote, refusal.get(), at, state.balance())
                        : withinBudgets(state, quote, at));
    }

    private LedgerEvent withinBudgets(AccountState state, QuoteRequested quote, Instant at) {
        var tightest = state.limited().budgets().tightest(quote.limitsOrNone(), at);
        if (tightest.isEmpty()) {
            return reserved(state, quote, state.balance().availableUsd(), at);
        }
        var left = tightest.get().leftUsd();
        return coversAllOf(quote, left) || shrunkLimit(quote, left) >= 1
                ? reserved(state, quote, state.balance().availableUsd().min(left), at)
                : CreditRefused.of(quote, tightest.get(), at, state.balance());
    }

    /** @param most what may be held, which is at least what one token costs where it is to shrink */
    private CreditReserved reserved(AccountState state, QuoteRequested quote, Usd most, Instant at) {
        var all = coversAllOf(quote, most);
        var limit = all ? quote.maxCompletionTokens() : shrunkLimit(quote, most);
        var hold = all ? quote.holdUsd() : quote.prices().uncachedCostOf(quote.promptTokens(), limit);
        return CreditReserved.of(
                quote,
                limit,
                hold,
                maxPromptTokens(quote),
                at.plus(holds.lifetime()),
                at,
                state.balance().reserved(hold));
    }

    /**
     * What is counted before a request is what its upstream counts, or nearly so: a quarter and 64 tokens more are believed,
     * for forms that differ between its releases. Of a binding quote the maximum is a maximum.
     */
    private static long maxPromptTokens(QuoteRequested quote) {
        var counted = quote.promptTokens();
        return quote.isBinding() ? counted : counted + counted / BELIEVED_PART_OF_PROMPT + BELIEVED_PROMPT_TOKENS;
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
