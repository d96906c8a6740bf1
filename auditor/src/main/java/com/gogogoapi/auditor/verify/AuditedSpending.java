package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.evidence.state.CanonicalState;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an account's scopes spent and hold, counted once more from the events alone: no hold may exceed a budget that it says it
 * was measured against, and whoever was refused for a budget must have had too little of it left.
 */
final class AuditedSpending {

    /** As many as the ledger counts; it says so in its documents. */
    private static final int MAX_SCOPES = 20_000;

    private static final long SECONDS_A_DAY = 86_400;
    private static final long DAYS_A_WEEK = 7;
    private static final long MONTHS_A_YEAR = 12;

    /** 1970-01-01 was a Thursday: three days after a Monday. */
    private static final long AFTER_MONDAY = 3;

    /** The number of the day, week or month since 1970; of all time 0. */
    private record Windows(long day, long week, long month) {

        static Windows at(Instant at) {
            var day = Math.floorDiv(at.getEpochSecond(), SECONDS_A_DAY);
            var month = YearMonth.from(at.atZone(ZoneOffset.UTC));
            return new Windows(
                    day,
                    Math.floorDiv(day + AFTER_MONDAY, DAYS_A_WEEK),
                    MONTHS_A_YEAR * month.getYear() + month.getMonthValue());
        }

        long of(BudgetWindow window) {
            return switch (window) {
                case DAY -> day;
                case WEEK -> week;
                case MONTH -> month;
                case TOTAL -> 0;
            };
        }

        /** When the window began. */
        Instant since(BudgetWindow window) {
            return switch (window) {
                case DAY -> Instant.ofEpochSecond(day * SECONDS_A_DAY);
                case WEEK -> Instant.ofEpochSecond((week * DAYS_A_WEEK - AFTER_MONDAY) * SECONDS_A_DAY);
                case MONTH ->
                    YearMonth.of((int) ((month - 1) / MONTHS_A_YEAR), (int) ((month - 1) % MONTHS_A_YEAR) + 1)
                            .atDay(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
                case TOTAL -> Instant.EPOCH;
            };
        }
    }

    private static final class Taken {
        private long number;
        private BigInteger spent = BigInteger.ZERO;
        private BigInteger held = BigInteger.ZERO;

        void begin(long now) {
            if (now != number) {
                number = now;
                spent = BigInteger.ZERO;
                held = BigInteger.ZERO;
            }
        }
    }

    /** Where a hold is counted. */
    static final class Counted {
        private final List<BudgetScope> scopes;
        private final Windows windows;

        private Counted(List<BudgetScope> scopes, Windows windows) {
            this.scopes = scopes;
            this.windows = windows;
        }

        List<BudgetScope> scopes() {
            return scopes;
        }
    }

    private final Map<BudgetScope, Map<BudgetWindow, Taken>> scopes = new HashMap<>();
    private Windows now = Windows.at(Instant.EPOCH);

    /** Of a hold that is within its budgets. */
    Counted held(CreditReserved reserved, BigInteger amount) throws Discrepancy {
        if (reserved.requestedBy() == null && reserved.limits() == null) {
            return new Counted(List.of(), now);
        }
        moveTo(reserved.decidedAt());
        for (var budget : reserved.limitsOrNone().budgets()) {
            var taken = taken(budget.scope(), budget.window(), now);
            var all = taken.spent.add(taken.held).add(amount);
            require(
                    budget.warnOnly() || all.compareTo(Pico.of(budget.limitUsd())) <= 0,
                    "a hold must not exceed the " + budget.window() + " budget of " + budget.limitUsd()
                            + " that it was measured against, and with it " + Pico.text(all) + " is taken");
        }
        var counted = new Counted(scopesOf(reserved), now);
        each(counted.scopes, taken -> taken.held = taken.held.add(amount));
        return counted;
    }

    static List<BudgetScope> scopesOf(CreditReserved reserved) {
        var all = new LinkedHashSet<BudgetScope>();
        var by = reserved.requestedBy();
        if (by != null) {
            all.add(new BudgetScope(BudgetScope.Kind.KEY, by.keyId()));
            if (by.memberId() != null) {
                all.add(new BudgetScope(BudgetScope.Kind.MEMBER, by.memberId()));
            }
        }
        if (by != null || reserved.limits() != null) {
            all.add(BudgetScope.ofAccount(reserved.accountId()));
        }
        reserved.limitsOrNone().budgets().forEach(budget -> all.add(budget.scope()));
        return List.copyOf(all);
    }

    void ended(Counted counted, BigInteger hold, BigInteger charge) {
        var then = counted.windows;
        for (var scope : counted.scopes) {
            var windows = scopes.get(scope);
            if (windows != null) {
                windows.forEach((window, taken) -> {
                    if (taken.number == then.of(window)) {
                        taken.held = taken.held.subtract(hold);
                        taken.spent = taken.spent.add(charge);
                    }
                });
            }
        }
    }

    void chargedLate(List<BudgetScope> of, Instant at, BigInteger charge) {
        if (of.isEmpty()) {
            return;
        }
        moveTo(at);
        each(of, taken -> taken.spent = taken.spent.add(charge));
    }

    void refused(CreditRefused refused, BudgetExceeded stated) throws Discrepancy {
        // Windows move on with holds and charges alone.
        var then = later(refused.decidedAt());
        var budget = stated.budget();
        var taken = taken(budget.scope(), budget.window(), then);
        require(
                Windows.at(stated.countedAt()).of(budget.window()) == then.of(budget.window()),
                "a refusal for a budget must be of the window it was decided in, and is of that of "
                        + stated.countedAt());
        require(
                Pico.of(stated.spentUsd()).equals(taken.spent)
                        && Pico.of(stated.heldUsd()).equals(taken.held),
                "of the budget there must be spent " + Pico.text(taken.spent) + " and held " + Pico.text(taken.held)
                        + ", and the refusal states " + stated.spentUsd() + " and " + stated.heldUsd());
        require(
                !budget.warnOnly()
                        && taken.spent
                                        .add(taken.held)
                                        .add(Pico.of(refused.requiredUsd()))
                                        .compareTo(Pico.of(budget.limitUsd()))
                                > 0,
                "a refusal for a budget must need more than is left of it");
    }

    private void moveTo(Instant at) {
        now = later(at);
    }

    private Windows later(Instant at) {
        var then = Windows.at(at);
        return then.day > now.day ? then : now;
    }

    /** As it stands in those windows; of a scope that is not counted nothing. */
    private Taken taken(BudgetScope scope, BudgetWindow window, Windows in) {
        var windows = scopes.get(scope);
        var taken = windows == null ? new Taken() : Objects.requireNonNull(windows.get(window));
        return taken.number == in.of(window) ? taken : new Taken();
    }

    /** What every scope takes of the windows that the latest hold was decided in. */
    List<CanonicalState.Spent> state() {
        var state = new ArrayList<CanonicalState.Spent>();
        for (var scope : scopes.keySet()) {
            for (var window : BudgetWindow.values()) {
                var taken = taken(scope, window, now);
                state.add(new CanonicalState.Spent(
                        scope, window, now.since(window), Pico.text(taken.spent), Pico.text(taken.held)));
            }
        }
        return state;
    }

    private interface Change {
        void of(Taken taken);
    }

    private void each(List<BudgetScope> of, Change change) {
        for (var scope : of) {
            if (!scopes.containsKey(scope) && scopes.size() >= MAX_SCOPES) {
                continue;
            }
            var windows = scopes.computeIfAbsent(scope, added -> {
                var all = new EnumMap<BudgetWindow, Taken>(BudgetWindow.class);
                for (var window : BudgetWindow.values()) {
                    all.put(window, new Taken());
                }
                return all;
            });
            windows.forEach((window, taken) -> {
                taken.begin(now.of(window));
                change.of(taken);
            });
        }
    }

    /** In one order, whoever wrote them in which. */
    static List<BudgetScope> sorted(List<BudgetScope> scopes) {
        var sorted = new ArrayList<>(scopes);
        sorted.sort((one, other) -> one.toString().compareTo(other.toString()));
        return sorted;
    }
}
