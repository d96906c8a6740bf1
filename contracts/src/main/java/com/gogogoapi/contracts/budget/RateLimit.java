package com.gogogoapi.contracts.budget;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast a scope may go.
 *
 * @param requestsPerMinute at most so many requests; null where requests are not limited
 * @param tokensPerMinute at most so many tokens, prompts and completions together; null where tokens are not limited
 */
public record RateLimit(
        BudgetScope scope,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long requestsPerMinute,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tokensPerMinute) {

    /** Most rates that one request can be measured against: one of every kind of scope. */
    public static final int MAX_A_REQUEST = 3;

    /** The highest rate there can be: with it a minute's arithmetic stays far within a long. */
    public static final long MAX_PER_MINUTE = 1_000_000_000_000L;

    /** @throws IllegalArgumentException if a rate is not from 1 to {@link #MAX_PER_MINUTE}, or there is none at all */
    public RateLimit {
        if (requestsPerMinute == null && tokensPerMinute == null) {
            throw new IllegalArgumentException("A rate must limit requests or tokens.");
        }
        if (isOutside(requestsPerMinute) || isOutside(tokensPerMinute)) {
            throw new IllegalArgumentException("A rate must be from 1 to " + MAX_PER_MINUTE + " a minute.");
        }
    }

    private static boolean isOutside(@Nullable Long perMinute) {
        return perMinute != null && (perMinute < 1 || perMinute > MAX_PER_MINUTE);
    }

    /**
     * The rates of one request, as an unmodifiable list.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_A_REQUEST}, or two of the same scope
     */
    public static List<RateLimit> checked(List<RateLimit> rates) {
        if (rates.size() > MAX_A_REQUEST) {
            throw new IllegalArgumentException("There must be at most " + MAX_A_REQUEST + " rates.");
        }
        for (var i = 1; i < rates.size(); i++) {
            for (var rate : rates.subList(0, i)) {
                if (rate.scope().equals(rates.get(i).scope())) {
                    throw new IllegalArgumentException("There must be at most one rate a scope.");
                }
            }
        }
        return List.copyOf(rates);
    }
}
