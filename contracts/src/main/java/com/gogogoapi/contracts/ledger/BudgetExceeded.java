package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.Optional;

/**
 * The budget for which a hold was refused, and how much of it was taken by then.
 *
 * @param spentUsd what was charged for holds of this window
 * @param heldUsd what holds of this window that have not ended still hold
 * @param countedAt an instant within the window that is meant: that of the decision, or a later one of an earlier decision,
 *     since windows never go back
 */
public record BudgetExceeded(Budget budget, Usd spentUsd, Usd heldUsd, Instant countedAt) {

    /** What would still have fitted; zero where more is spent than a limit that was lowered since. */
    public Usd leftUsd() {
        return budget.limitUsd().minus(spentUsd).minus(heldUsd).max(Usd.ZERO);
    }

    /** When the budget's next window begins; of a budget for all time never. */
    public Optional<Instant> resetsAt() {
        return budget.window().endOf(countedAt);
    }
}
