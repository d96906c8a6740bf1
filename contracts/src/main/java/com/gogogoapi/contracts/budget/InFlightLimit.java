package com.gogogoapi.contracts.budget;

import java.util.List;

/**
 * How many requests of a scope may be in flight at once, on each instance that they come to.
 *
 * @param requests from 1 to {@link #MAX_REQUESTS}
 */
public record InFlightLimit(BudgetScope scope, int requests) {

    /** More than any instance lets in at once. */
    public static final int MAX_REQUESTS = 100_000;

    /** Most that bind one request: one of every kind of scope. */
    public static final int MAX_A_REQUEST = 3;

    /** @throws IllegalArgumentException if the number is out of range */
    public InFlightLimit {
        if (requests < 1 || requests > MAX_REQUESTS) {
            throw new IllegalArgumentException("Requests in flight must be from 1 to " + MAX_REQUESTS + ".");
        }
    }

    /**
     * Those of one request, as an unmodifiable list.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_A_REQUEST}, or two of the same scope
     */
    public static List<InFlightLimit> checked(List<InFlightLimit> limits) {
        if (limits.size() > MAX_A_REQUEST
                || limits.stream().map(InFlightLimit::scope).distinct().count() < limits.size()) {
            throw new IllegalArgumentException(
                    "There must be at most " + MAX_A_REQUEST + " limits of requests in flight, one a scope.");
        }
        return List.copyOf(limits);
    }
}
