package com.gogogoapi.contracts.budget;

import com.gogogoapi.contracts.money.Usd;
import java.util.List;

/**
 * How much a scope may spend within a window.
 *
 * @param limitUsd more than zero; what is held counts as well as what was charged
 * @param warnOnly whether exceeding it is only told, and refuses nothing
 */
public record Budget(BudgetScope scope, BudgetWindow window, Usd limitUsd, boolean warnOnly) {

    /** Most budgets that one request can be held against: every window of every kind of scope. */
    public static final int MAX_A_REQUEST = 12;

    /** @throws IllegalArgumentException if the limit is not more than zero */
    public Budget {
        if (!limitUsd.isPositive()) {
            throw new IllegalArgumentException("A budget's limit must be more than zero.");
        }
    }

    /**
     * The budgets of one request, as an unmodifiable list.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_A_REQUEST}, or two of the same scope and window
     */
    public static List<Budget> checked(List<Budget> budgets) {
        if (budgets.size() > MAX_A_REQUEST) {
            throw new IllegalArgumentException("There must be at most " + MAX_A_REQUEST + " budgets.");
        }
        // They are few, and read with every request: a set would be made for each.
        for (var i = 1; i < budgets.size(); i++) {
            for (var budget : budgets.subList(0, i)) {
                if (budget.isOfSameWindow(budgets.get(i))) {
                    throw new IllegalArgumentException("There must be at most one budget a scope and window.");
                }
            }
        }
        return List.copyOf(budgets);
    }

    private boolean isOfSameWindow(Budget other) {
        return window == other.window && scope.equals(other.scope);
    }
}
