package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was charged for holds of a window, which is the last one that began.
 *
 * @param start when it began
 * @param limitUsd the budget that the last request had for it; null for none
 * @param warnOnly whether that budget refuses nothing
 */
record Spent(Instant start, Usd spentUsd, @Nullable Usd limitUsd, boolean warnOnly) {

    static final Spent NONE = new Spent(Instant.EPOCH, Usd.ZERO, null, false);

    /** Windows never go back: what is counted in an earlier one is counted nowhere any more. */
    Spent in(Instant window) {
        return window.isAfter(start) ? new Spent(window, Usd.ZERO, limitUsd, warnOnly) : this;
    }

    Spent charged(Instant window, Usd charge) {
        var now = in(window);
        return now.start.equals(window) ? new Spent(window, now.spentUsd.plus(charge), limitUsd, warnOnly) : now;
    }

    /** @param budget null where there is none any more */
    Spent limited(@Nullable Budget budget) {
        return budget == null
                ? new Spent(start, spentUsd, null, false)
                : new Spent(start, spentUsd, budget.limitUsd(), budget.warnOnly());
    }
}
