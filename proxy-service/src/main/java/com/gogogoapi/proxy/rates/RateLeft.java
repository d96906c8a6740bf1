package com.gogogoapi.proxy.rates;

import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.RateExceeded.Measure;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One rate of one scope, as it is told to clients.
 *
 * @param left null where this instance does not know
 */
record RateLeft(
        RateLimit rate,
        Measure measure,
        long limit,
        @Nullable Left left) {

    /**
     * What is left of it, as the ledger counted last.
     *
     * @param more until there is more; zero if all of it is left
     * @param all until all of it is left, should nothing come
     */
    record Left(long units, Duration more, Duration all) {}

    /** In headers: {@code key-requests}. */
    String policy() {
        return rate.scope().kind().name().toLowerCase(Locale.ROOT) + "-" + units();
    }

    /** What it counts: {@code requests} or {@code tokens}. */
    String units() {
        return measure.name().toLowerCase(Locale.ROOT);
    }
}
