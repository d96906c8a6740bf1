package com.gogogoapi.ledger.account.budget;

import com.gogogoapi.contracts.budget.BudgetWindow;
import java.time.Instant;

/**
 * When the windows began in which an account's latest hold was decided. They never go back: what is decided after them, by a
 * clock that jumped, counts as theirs.
 *
 * @param day the UTC day's midnight
 * @param week Monday's
 * @param month the first's
 */
public record WindowStarts(Instant day, Instant week, Instant month) {

    static final WindowStarts NONE = new WindowStarts(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    private static final long SECONDS_A_DAY = 86_400;

    private static WindowStarts of(Instant at) {
        return new WindowStarts(
                BudgetWindow.DAY.startOf(at), BudgetWindow.WEEK.startOf(at), BudgetWindow.MONTH.startOf(at));
    }

    /** Those of an instant, or these where it is not after their day. */
    WindowStarts at(Instant at) {
        // Nearly always: everything changes with the day or not at all.
        return at.getEpochSecond() < day.getEpochSecond() + SECONDS_A_DAY ? this : of(at);
    }

    Instant of(BudgetWindow window) {
        return switch (window) {
            case DAY -> day;
            case WEEK -> week;
            case MONTH -> month;
            case TOTAL -> Instant.EPOCH;
        };
    }
}
