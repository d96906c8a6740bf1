package com.gogogoapi.account.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a key, a member or an account may spend and how fast it may go, whoever it is.
 *
 * @param budgets at most one a window
 * @param requestsInFlight how many requests may be in flight on one proxy; null, as in what was stored before 0.6, where that
 *     is not limited
 */
public record Limits(
        List<Ceiling> budgets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long requestsPerMinute,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tokensPerMinute,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer requestsInFlight) {

    public static final Limits NONE = new Limits(List.of(), null, null, null);

    /** A budget of whoever has these limits. */
    public record Ceiling(BudgetWindow window, Usd limitUsd, boolean warnOnly) {

        private Ceiling tighter(Ceiling other) {
            if (warnOnly != other.warnOnly) {
                return warnOnly ? other : this;
            }
            return other.limitUsd.isLessThan(limitUsd) ? other : this;
        }
    }

    public Limits {
        budgets = List.copyOf(budgets);
    }

    /**
     * What both allow: the lower of two limits. Where one of two budgets of a window only warns it gives way to the other: a
     * scope has one budget a window.
     */
    Limits and(Limits other) {
        return new Limits(
                Stream.concat(budgets.stream(), other.budgets.stream())
                        .collect(Collectors.toMap(Ceiling::window, Function.identity(), Ceiling::tighter, TreeMap::new))
                        .values()
                        .stream()
                        .toList(),
                lower(requestsPerMinute, other.requestsPerMinute),
                lower(tokensPerMinute, other.tokensPerMinute),
                lower(requestsInFlight, other.requestsInFlight));
    }

    private static <T extends Comparable<T>> @Nullable T lower(@Nullable T one, @Nullable T other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    static Limits read(String json) {
        return EventJson.mapper().readValue(json, Limits.class);
    }

    String json() {
        return EventJson.mapper().writeValueAsString(this);
    }

    Stream<Budget> budgets(BudgetScope scope) {
        return budgets.stream().map(budget -> new Budget(scope, budget.window(), budget.limitUsd(), budget.warnOnly()));
    }

    Stream<RateLimit> rates(BudgetScope scope) {
        return requestsPerMinute == null && tokensPerMinute == null
                ? Stream.empty()
                : Stream.of(new RateLimit(scope, requestsPerMinute, tokensPerMinute));
    }

    Stream<InFlightLimit> inFlight(BudgetScope scope) {
        return requestsInFlight == null ? Stream.empty() : Stream.of(new InFlightLimit(scope, requestsInFlight));
    }
}
