package com.gogogoapi.ledger.account.budget;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What the account's keys and members, and the account itself, spend, whether they have budgets or not: so a budget that is
 * set counts what was spent before in its window. Limits are not kept here but come with each request, so a limit that is
 * raised works at once.
 *
 * <p>Bounded: so many scopes are counted, for good. One more is not counted, and a request that has a budget for it is refused.
 *
 * @param now the windows of the latest hold
 */
public record Budgets(WindowStarts now, PMap<BudgetScope, Spending> spending) {

    /** How many keys and members of one account are counted at most, the account itself among them. */
    public static final int MAX_SCOPES = 20_000;

    public static final Budgets NONE = new Budgets(WindowStarts.NONE, HashTreePMap.empty());

    /** What a scope spends. */
    public Spending of(BudgetScope scope) {
        return spending.getOrDefault(scope, Spending.NONE);
    }

    /** What a hold that is decided at that instant will find taken of a window. */
    public Spending.Window taken(BudgetScope scope, BudgetWindow window, Instant at) {
        return of(scope).in(window, now.at(at));
    }

    /** The budget with the least left, of those that refuse; empty without such a budget. */
    public Optional<BudgetExceeded> tightest(Limits limits, Instant at) {
        var starts = now.at(at);
        BudgetExceeded tightest = null;
        for (var budget : limits.budgets()) {
            if (!budget.warnOnly()) {
                var stands = stands(budget, starts, at);
                if (tightest == null || stands.leftUsd().isLessThan(tightest.leftUsd())) {
                    tightest = stands;
                }
            }
        }
        return Optional.ofNullable(tightest);
    }

    private BudgetExceeded stands(Budget budget, WindowStarts starts, Instant at) {
        var window = of(budget.scope()).in(budget.window(), starts);
        return new BudgetExceeded(
                budget, window.spentUsd(), window.heldUsd(), at.isBefore(starts.day()) ? starts.day() : at);
    }

    /** Whether a budget is for a scope that is not counted and cannot be. */
    public boolean areFullFor(Limits limits) {
        return spending.size() >= MAX_SCOPES
                && limits.budgets().stream().anyMatch(budget -> !spending.containsKey(budget.scope()));
    }

    /** After a hold. @param starts the windows it was decided in */
    Budgets held(WindowStarts starts, List<BudgetScope> scopes, Usd hold) {
        return each(starts, scopes, scope -> scope.held(starts, hold));
    }

    /** After a hold ended. @param then the windows it was decided in */
    public Budgets ended(WindowStarts then, List<BudgetScope> scopes, Usd hold, Usd charge) {
        return each(now, scopes, scope -> scope.ended(then, hold, charge));
    }

    /** After a charge whose hold had ended before: it counts in the windows of its own time. */
    public Budgets charged(Instant at, List<BudgetScope> scopes, Usd charge) {
        var starts = now.at(at);
        return each(starts, scopes, scope -> scope.charged(starts, charge));
    }

    private Budgets each(WindowStarts starts, List<BudgetScope> scopes, UnaryOperator<Spending> change) {
        var changed = spending;
        for (var scope : scopes) {
            var before = changed.get(scope);
            if (before != null) {
                changed = changed.plus(scope, change.apply(before));
            } else if (changed.size() < MAX_SCOPES) {
                changed = changed.plus(scope, change.apply(Spending.NONE));
            }
        }
        return new Budgets(starts, changed);
    }
}
