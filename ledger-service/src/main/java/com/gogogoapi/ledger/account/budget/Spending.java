package com.gogogoapi.ledger.account.budget;

import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;

/**
 * What one scope has spent and holds: in the windows that began last for it, and in all. A hold counts, and later its charge,
 * in the windows in which it was decided; so a budget that was kept when a hold was decided stays kept when it ends.
 */
public record Spending(Window day, Window week, Window month, Window total) {

    static final Spending NONE = new Spending(Window.NONE, Window.NONE, Window.NONE, Window.NONE);

    /**
     * @param start when it began
     * @param spentUsd charged for holds of this window
     * @param heldUsd held by those of them that have not ended
     */
    public record Window(Instant start, Usd spentUsd, Usd heldUsd) {

        static final Window NONE = new Window(Instant.EPOCH, Usd.ZERO, Usd.ZERO);

        public Usd takenUsd() {
            return spentUsd.plus(heldUsd);
        }

        private Window at(Instant nowStart) {
            return nowStart.equals(start) ? this : new Window(nowStart, Usd.ZERO, Usd.ZERO);
        }

        private Window held(Instant nowStart, Usd hold) {
            var now = at(nowStart);
            return new Window(nowStart, now.spentUsd, now.heldUsd.plus(hold));
        }

        /** A window that is over by now knows no more of its holds. */
        private Window ended(Instant holdsStart, Usd hold, Usd charge) {
            return start.equals(holdsStart) ? new Window(start, spentUsd.plus(charge), heldUsd.minus(hold)) : this;
        }

        private Window charged(Instant nowStart, Usd charge) {
            var now = at(nowStart);
            return new Window(nowStart, now.spentUsd.plus(charge), now.heldUsd);
        }
    }

    /** One of the windows as it stands now; it may have begun without anything in it. */
    public Window in(BudgetWindow window, WindowStarts now) {
        return last(window).at(now.of(window));
    }

    private Window last(BudgetWindow window) {
        return switch (window) {
            case DAY -> day;
            case WEEK -> week;
            case MONTH -> month;
            case TOTAL -> total;
        };
    }

    Spending held(WindowStarts now, Usd hold) {
        return new Spending(
                day.held(now.day(), hold),
                week.held(now.week(), hold),
                month.held(now.month(), hold),
                total.held(Instant.EPOCH, hold));
    }

    /** After a hold ended. @param then the windows that the hold counts in */
    Spending ended(WindowStarts then, Usd hold, Usd charge) {
        return new Spending(
                day.ended(then.day(), hold, charge),
                week.ended(then.week(), hold, charge),
                month.ended(then.month(), hold, charge),
                total.ended(Instant.EPOCH, hold, charge));
    }

    /** After a charge whose hold had ended before. */
    Spending charged(WindowStarts now, Usd charge) {
        return new Spending(
                day.charged(now.day(), charge),
                week.charged(now.week(), charge),
                month.charged(now.month(), charge),
                total.charged(Instant.EPOCH, charge));
    }
}
