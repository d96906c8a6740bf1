package com.gogogoapi.ledger.account.budget;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.RateExceeded.Measure;
import com.gogogoapi.contracts.ledger.RateStanding;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * How fast those scopes go that have a rate. A hold's tokens are those that it is for at most, until it ends; then those
 * that were used. Bounded: those with nothing in the last minute are forgotten.
 */
public record Rates(PMap<BudgetScope, RecentMinute> minutes) {

    /** From how many scopes on it is worth looking for those to be forgotten. */
    private static final int LOOK_FROM = 64;

    public static final Rates NONE = new Rates(HashTreePMap.empty());

    /** The first rate that would be exceeded; empty if the request can be held. */
    public Optional<RateExceeded> exceeded(QuoteRequested quote, Instant at) {
        for (var rate : quote.limitsOrNone().rates()) {
            var exceeded = exceeded(rate, quote, at);
            if (exceeded != null) {
                return Optional.of(exceeded);
            }
        }
        return Optional.empty();
    }

    private @Nullable RateExceeded exceeded(RateLimit rate, QuoteRequested quote, Instant at) {
        var minute = minutes.getOrDefault(rate.scope(), RecentMinute.NONE);
        var second = at.getEpochSecond();
        if (rate.requestsPerMinute() != null) {
            var fits = minute.requestsFitAt(second, 1, rate.requestsPerMinute());
            if (fits != second) {
                return refusal(quote, rate, Measure.REQUESTS, minute.requests(second), fits, at);
            }
        }
        if (rate.tokensPerMinute() != null) {
            var fits = minute.tokensFitAt(second, tokens(quote), rate.tokensPerMinute());
            if (fits != second) {
                return refusal(quote, rate, Measure.TOKENS, minute.tokens(second), fits, at);
            }
        }
        return null;
    }

    /** How each of those stands at an instant. */
    public List<RateStanding> standings(List<RateLimit> rates, Instant at) {
        return rates.stream().map(rate -> standing(rate, at)).toList();
    }

    /** How many of its requests count at an instant; of a scope without a rate none do. */
    public long requests(BudgetScope scope, Instant at) {
        return minutes.getOrDefault(scope, RecentMinute.NONE).requests(at.getEpochSecond());
    }

    /** How many of its tokens count at an instant. */
    public long tokens(BudgetScope scope, Instant at) {
        return minutes.getOrDefault(scope, RecentMinute.NONE).tokens(at.getEpochSecond());
    }

    private RateStanding standing(RateLimit rate, Instant at) {
        var minute = minutes.getOrDefault(rate.scope(), RecentMinute.NONE);
        var second = at.getEpochSecond();
        var fits =
                rate.requestsPerMinute() == null ? second : minute.requestsFitAt(second, 1, rate.requestsPerMinute());
        return new RateStanding(
                rate,
                minute.requests(second),
                minute.tokens(second),
                at,
                later(minute.fewerFrom(second), at),
                later(minute.noneFrom(second), at),
                later(fits, at));
    }

    /** A second as an instant, or the instant given if that is within it or after. */
    private static Instant later(long second, Instant at) {
        return second > at.getEpochSecond() ? Instant.ofEpochSecond(second) : at;
    }

    private static RateExceeded refusal(
            QuoteRequested quote, RateLimit rate, Measure measure, long used, long fits, Instant at) {
        return new RateExceeded(
                quote.accountId(),
                quote.requestId(),
                rate,
                measure,
                used,
                fits == Long.MAX_VALUE ? null : Instant.ofEpochSecond(fits),
                at,
                quote.attemptId());
    }

    private static long tokens(QuoteRequested quote) {
        return Math.addExact(quote.promptTokens(), quote.maxCompletionTokens());
    }

    /** After a hold. */
    public Rates held(Instant at, List<RateLimit> rates, long tokens) {
        if (rates.isEmpty()) {
            return this;
        }
        var second = at.getEpochSecond();
        var counted = each(rates, minute -> minute.plus(second, 1, tokens));
        return counted.minutes.size() < LOOK_FROM ? counted : counted.withoutOver(second);
    }

    /** After a hold ended that was for so many tokens, and used so many. */
    public Rates ended(Instant heldAt, List<RateLimit> rates, long tokens, long usedTokens) {
        var second = heldAt.getEpochSecond();
        return each(rates, minute -> minute.corrected(second, usedTokens - tokens));
    }

    private Rates each(List<RateLimit> rates, UnaryOperator<RecentMinute> change) {
        var changed = minutes;
        for (var rate : rates) {
            var before = changed.getOrDefault(rate.scope(), RecentMinute.NONE);
            changed = changed.plus(rate.scope(), change.apply(before));
        }
        return new Rates(changed);
    }

    private Rates withoutOver(long second) {
        var over = minutes.entrySet().stream()
                .filter(entry -> entry.getValue().isOver(second))
                .map(java.util.Map.Entry::getKey)
                .toList();
        return new Rates(minutes.minusAll(over));
    }
}
