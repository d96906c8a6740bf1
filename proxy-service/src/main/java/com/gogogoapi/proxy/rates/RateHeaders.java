package com.gogogoapi.proxy.rates;

import static java.util.stream.Collectors.joining;

import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.RateExceeded.Measure;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells a client of its rates before it exceeds them: in the dialect of its protocol, and of all rates by the IETF's
 * {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-10 and later). Limits are always told;
 * what is left of them, as far as this instance has heard it from the ledger within the minute.
 */
@Component
public class RateHeaders {

    private static final int WINDOW_SECONDS = 60;

    /** What is known comes before what is not; then the least. */
    private static final Comparator<RateLeft> TIGHTEST = Comparator.comparing((RateLeft one) -> one.left() == null)
            .thenComparing(one -> one.left() == null ? one.limit() : one.left().units());

    private final KnownRates known;
    private final Clock clock;

    RateHeaders(KnownRates known, Clock clock) {
        this.known = known;
        this.clock = clock;
    }

    /** Sets them, in place of those that were set before; without rates there are none. */
    public void write(HttpServletResponse response, RateLimitDialect dialect, List<RateLimit> rates) {
        if (rates.isEmpty()) {
            return;
        }
        var left = known.left(rates);
        var now = clock.instant();
        for (var measure : Measure.values()) {
            left.stream()
                    .filter(one -> one.measure() == measure)
                    .min(TIGHTEST)
                    .ifPresent(one -> dialect.write(response, one.units(), one.limit(), one.left(), now));
        }
        response.setHeader(
                "RateLimit-Policy", left.stream().map(RateHeaders::policy).collect(joining(", ")));
        var limits = left.stream()
                .filter(one -> one.left() != null)
                .map(RateHeaders::limit)
                .collect(joining(", "));
        if (!limits.isEmpty()) {
            response.setHeader("RateLimit", limits);
        }
    }

    /** The draft registers no unit for tokens, and without one they would be taken for requests. */
    private static String policy(RateLeft one) {
        var unit = one.measure() == Measure.TOKENS ? ";qu=\"tokens\"" : "";
        return "\"" + one.policy() + "\";q=" + one.limit() + unit + ";w=" + WINDOW_SECONDS;
    }

    private static String limit(RateLeft one) {
        var left = one.left();
        return left == null
                ? ""
                : "\"" + one.policy() + "\";r=" + left.units() + ";t=" + RateLimitDialect.seconds(left.more());
    }
}
