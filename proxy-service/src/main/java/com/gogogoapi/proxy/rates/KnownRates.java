package com.gogogoapi.proxy.rates;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.RateExceeded.Measure;
import com.gogogoapi.contracts.ledger.RateStanding;
import com.gogogoapi.proxy.rates.RateLeft.Left;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What this instance knows of how far rates are used: what the ledger said last with a decision. With it a request is refused
 * whose minute is full, and nothing is asked of anybody: a key that hammers fills no topic.
 *
 * <p>That is never stricter than the ledger. What counts of requests within a minute only grows until its seconds pass, so
 * that where the ledger says when the next request fits, it holds none before. Its clock is the broker's; here the time until
 * then is counted from when the decided request was asked for, which was no later than the broker's time of it, and at most a
 * minute. A limit that was raised since is asked for again; tokens are, always: they are given back when holds end.
 *
 * <p>Bounded: whoever is forgotten is asked for.
 */
@Component
public class KnownRates {

    private static final int MAX_SCOPES = 100_000;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private record Known(RateStanding standing, long askedNanos) {

        /** How long it is at most until that instant of the broker's. */
        Duration until(Instant instant, long nowNanos) {
            var nanos = Math.min(Duration.between(standing.at(), instant).toNanos(), MINUTE_NANOS);
            return Duration.ofNanos(Math.max(0, nanos - (nowNanos - askedNanos)));
        }
    }

    /**
     * A minute that is full.
     *
     * @param used of its requests
     * @param opensIn until the next one fits, at least
     */
    public record FullMinute(RateLimit rate, long used, Duration opensIn) {}

    private final Cache<BudgetScope, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_SCOPES)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final LongSupplier nanoTime;

    @Autowired
    KnownRates() {
        this(System::nanoTime);
    }

    KnownRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes what the ledger said with a decision.
     *
     * @param askedNanos when it was asked, or earlier, by {@link System#nanoTime}
     */
    public void learn(List<RateStanding> standings, long askedNanos) {
        for (var standing : standings) {
            known.asMap()
                    .merge(
                            standing.rate().scope(),
                            new Known(standing, askedNanos),
                            (before, news) -> news.standing()
                                            .at()
                                            .isBefore(before.standing().at())
                                    ? before
                                    : news);
        }
    }

    /** The first of these rates that surely leaves no room for a request now. */
    public Optional<FullMinute> full(List<RateLimit> rates) {
        for (var rate : rates) {
            var of = known(rate);
            if (of != null
                    && rate.requestsPerMinute() != null
                    && isNoHigher(rate, of.standing().rate())) {
                var wait = of.until(of.standing().requestFitsAt(), nanoTime.getAsLong());
                if (wait.isPositive()) {
                    return Optional.of(new FullMinute(rate, of.standing().requests(), wait));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNoHigher(RateLimit rate, RateLimit asked) {
        return rate.requestsPerMinute() != null
                && asked.requestsPerMinute() != null
                && rate.requestsPerMinute() <= asked.requestsPerMinute();
    }

    /** What is left of each of these rates, as far as it is known. */
    List<RateLeft> left(List<RateLimit> rates) {
        var left = new ArrayList<RateLeft>();
        for (var rate : rates) {
            var of = known(rate);
            add(
                    left,
                    rate,
                    Measure.REQUESTS,
                    rate.requestsPerMinute(),
                    of,
                    of == null ? 0 : of.standing().requests());
            add(
                    left,
                    rate,
                    Measure.TOKENS,
                    rate.tokensPerMinute(),
                    of,
                    of == null ? 0 : of.standing().tokens());
        }
        return left;
    }

    private void add(
            List<RateLeft> to, RateLimit rate, Measure measure, @Nullable Long limit, @Nullable Known of, long used) {
        if (limit == null) {
            return;
        }
        Left left = null;
        if (of != null) {
            var now = nanoTime.getAsLong();
            left = new Left(
                    Math.max(0, limit - used),
                    used == 0 ? Duration.ZERO : of.until(of.standing().moreAt(), now),
                    used == 0 ? Duration.ZERO : of.until(of.standing().clearAt(), now));
        }
        to.add(new RateLeft(rate, measure, limit, left));
    }

    /** Until all that counted then has passed: what came since by way of others is not known. */
    private @Nullable Known known(RateLimit rate) {
        var of = known.getIfPresent(rate.scope());
        return of == null || nanoTime.getAsLong() - of.askedNanos() >= MINUTE_NANOS ? null : of;
    }
}
