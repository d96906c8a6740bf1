package com.gogogoapi.contracts.budget;

import java.util.List;

/**
 * What one request is measured against: it is held only if it exceeds none of these, but for budgets that only warn.
 *
 * @param budgets as {@link Budget#checked}
 * @param rates as {@link RateLimit#checked}
 */
public record Limits(List<Budget> budgets, List<RateLimit> rates) {

    public static final Limits NONE = new Limits(List.of(), List.of());

    /** @throws IllegalArgumentException if there are too many, or two for the same */
    public Limits {
        budgets = Budget.checked(budgets);
        rates = RateLimit.checked(rates);
    }

    public boolean areNone() {
        return budgets.isEmpty() && rates.isEmpty();
    }
}
