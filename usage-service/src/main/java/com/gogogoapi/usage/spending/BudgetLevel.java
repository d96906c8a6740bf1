package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.alerts.AlertKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How much of a budget is told of. */
enum BudgetLevel {
    WARNING("0.8", AlertKind.BUDGET_WARNING),
    EXHAUSTED("1", AlertKind.BUDGET_EXHAUSTED);

    private final BigDecimal part;
    private final AlertKind kind;

    BudgetLevel(String part, AlertKind kind) {
        this.part = new BigDecimal(part);
        this.kind = kind;
    }

    AlertKind kind() {
        return kind;
    }

    boolean isReached(Usd spent, Usd limit) {
        return spent.amount().compareTo(limit.amount().multiply(part)) >= 0;
    }

    /** The highest that is reached; null for none. */
    static @Nullable BudgetLevel of(Usd spent, Usd limit) {
        return EXHAUSTED.isReached(spent, limit) ? EXHAUSTED : WARNING.isReached(spent, limit) ? WARNING : null;
    }
}
