package com.gogogoapi.contracts.quote;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.util.UUID;

/**
 * The ledger's request id of a quote that is executed. It follows from the quote, so that executing a quote twice is a
 * repeat, which the ledger answers as it did the first time, on whichever instance and after whatever restart.
 */
public final class ExecutionIds {

    /** How often a quote can be tried: once, and twice more should an attempt end without a charge. */
    public static final int MAX_ATTEMPTS = 3;

    private ExecutionIds() {}

    /** @param attempt from 1 to {@link #MAX_ATTEMPTS} */
    public static UUID of(UUID quote, int attempt) {
        if (attempt < 1 || attempt > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("An attempt must be from 1 to " + MAX_ATTEMPTS + ".");
        }
        if (attempt == 1) {
            return quote;
        }
        var name = TimeOrderedIds.named("quote-attempt", quote.toString(), Integer.toString(attempt));
        // Of the quote's time, so that it is ordered among the others like the quote itself.
        return new UUID(quote.getMostSignificantBits(), name.getLeastSignificantBits());
    }
}
