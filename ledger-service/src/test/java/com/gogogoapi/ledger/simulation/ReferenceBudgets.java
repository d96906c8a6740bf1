package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an account's budgets allow, by a list of everything that was ever taken. */
final class ReferenceBudgets {

    /** What one request took, of whom and on which day; changed when its hold ends. */
    static final class Taking {
        private final Set<BudgetScope> scopes;
        private final LocalDate day;
        private long amount;

        private Taking(Set<BudgetScope> scopes, LocalDate day, long amount) {
            this.scopes = scopes;
            this.day = day;
            this.amount = amount;
        }

        void became(long charge) {
            amount = charge;
        }
    }

    private final List<Taking> all = new ArrayList<>();
    private LocalDate today = LocalDate.EPOCH;

    boolean allow(QuoteRequested quote, long hold, long atMillis) {
        var day = latest(atMillis);
        return quote.limitsOrNone().budgets().stream()
                .allMatch(
                        budget -> budget.warnOnly() || taken(budget, day) + hold <= EventLines.pico(budget.limitUsd()));
    }

    private long taken(Budget budget, LocalDate day) {
        return all.stream()
                .filter(taking -> taking.scopes.contains(budget.scope()) && isIn(budget.window(), taking.day, day))
                .mapToLong(taking -> taking.amount)
                .sum();
    }

    private static boolean isIn(BudgetWindow window, LocalDate day, LocalDate now) {
        return switch (window) {
            case DAY -> day.equals(now);
            case WEEK -> throw new AssertionError("nobody has a budget for a week here");
            case MONTH -> day.getYear() == now.getYear() && day.getMonth() == now.getMonth();
            case TOTAL -> true;
        };
    }

    Taking hold(QuoteRequested quote, long hold, long atMillis) {
        return take(scopesOf(quote), hold, atMillis);
    }

    /** What was held ended before it was charged: that counts when it is. */
    void chargeLate(Taking ended, long charge, long atMillis) {
        take(ended.scopes, charge, atMillis);
    }

    private Taking take(Set<BudgetScope> scopes, long amount, long atMillis) {
        if (!scopes.isEmpty()) {
            today = latest(atMillis);
        }
        var taking = new Taking(scopes, today, amount);
        all.add(taking);
        return taking;
    }

    private LocalDate latest(long atMillis) {
        var day = LocalDate.ofInstant(Instant.ofEpochMilli(atMillis), ZoneOffset.UTC);
        return day.isAfter(today) ? day : today;
    }

    private static Set<BudgetScope> scopesOf(QuoteRequested quote) {
        var scopes = new HashSet<BudgetScope>();
        if (quote.requestedBy() != null) {
            scopes.add(new BudgetScope(BudgetScope.Kind.KEY, quote.requestedBy().keyId()));
            scopes.add(BudgetScope.ofAccount(quote.accountId()));
        }
        return scopes;
    }
}
