package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.following.Followed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts what is spent as the ledger does: for every scope that a hold names, with or without a budget, in the windows in which
 * the hold was decided. Charges alone: what is held comes back for the greater part, and is no news. Of one batch of events;
 * what was before is given. Pure, and belongs to one thread.
 */
final class SpendingBook {

    private final Map<Place, Spent> spent;
    private final Map<HoldName, CountedHold> holds;
    private final Map<Place, Spent> changed = new LinkedHashMap<>();
    private final Map<HoldName, Optional<CountedHold>> changedHolds = new LinkedHashMap<>();
    private final Map<Reached.What, Reached> reached = new LinkedHashMap<>();

    /** A hold; of two accounts' requests one id may be both's. */
    record HoldName(AccountId account, UUID requestId) {

        static HoldName of(LedgerEvent event) {
            return new HoldName(event.accountId(), event.requestId());
        }
    }

    /**
     * @param spent of all scopes that the events name or that their holds count for, and of their accounts
     * @param holds that end in the events and began before them
     */
    SpendingBook(Map<Place, Spent> spent, Map<HoldName, CountedHold> holds) {
        this.spent = new HashMap<>(spent);
        this.holds = new HashMap<>(holds);
    }

    /** @param isNews whether it is told what it reaches; not while everything is made anew */
    void take(Followed followed, boolean isNews) {
        var touched =
                switch (followed.event()) {
                    case CreditReserved reserved -> held(reserved);
                    case CreditSettled settled when settled.late() -> chargedLate(settled);
                    case CreditSettled settled -> ended(settled, settled.chargedUsd());
                    case CreditReleased released -> ended(released, Usd.ZERO);
                    case CreditRefused refused -> refused(refused, followed, isNews);
                    case CreditGranted granted -> List.<Place>of();
                    case CreditRevoked revoked -> List.<Place>of();
                    case CreditTransferred transferred -> List.<Place>of();
                    case CreditExpired expired -> List.<Place>of();
                    case ParkedAccountResumed resumed -> List.<Place>of();
                    case InstallationEvent done -> List.<Place>of();
                };
        if (isNews) {
            touched.forEach(place -> look(place, followed));
        }
    }

    private List<Place> held(CreditReserved reserved) {
        var scopes = reserved.scopes();
        if (scopes.isEmpty()) {
            return List.of();
        }
        var at = notBeforeToday(reserved.accountId(), reserved.decidedAt());
        keep(HoldName.of(reserved), Optional.of(new CountedHold(at, scopes)));
        var budgets = new HashMap<Place, Budget>();
        for (var budget : reserved.limitsOrNone().budgets()) {
            budgets.put(new Place(reserved.accountId(), budget.scope(), budget.window()), budget);
        }
        var places = places(reserved.accountId(), scopes);
        for (var place : places) {
            keep(place, of(place).in(place.window().startOf(at)).limited(budgets.get(place)));
        }
        return places;
    }

    private List<Place> ended(LedgerEvent event, Usd charge) {
        var hold = holds.get(HoldName.of(event));
        if (hold == null) {
            // Of before the ledger said whose requests are.
            return List.of();
        }
        keep(HoldName.of(event), Optional.empty());
        return charge.isZero() ? List.of() : charged(event.accountId(), hold.scopes(), hold.at(), charge);
    }

    private List<Place> chargedLate(CreditSettled late) {
        var scopes = late.scopes() == null ? List.<BudgetScope>of() : late.scopes();
        return charged(late.accountId(), scopes, notBeforeToday(late.accountId(), late.decidedAt()), late.chargedUsd());
    }

    private List<Place> charged(AccountId account, List<BudgetScope> scopes, Instant at, Usd charge) {
        var places = places(account, scopes);
        for (var place : places) {
            keep(place, of(place).charged(place.window().startOf(at), charge));
        }
        return places;
    }

    /** A budget that is nearly used up is used up for whom it refuses a request. */
    private List<Place> refused(CreditRefused refused, Followed followed, boolean isNews) {
        var exceeded = refused.budget();
        if (exceeded == null) {
            return List.of();
        }
        var budget = exceeded.budget();
        var place = new Place(refused.accountId(), budget.scope(), budget.window());
        if (spent.containsKey(place)) {
            keep(place, of(place).limited(budget));
        }
        if (isNews && BudgetLevel.WARNING.isReached(exceeded.spentUsd(), budget.limitUsd())) {
            note(new Reached(what(place, exceeded), exceeded.spentUsd(), false, exceeded.heldUsd(), followed));
        }
        return List.of();
    }

    private static Reached.What what(Place place, BudgetExceeded exceeded) {
        return new Reached.What(
                place,
                place.window().startOf(exceeded.countedAt()),
                exceeded.budget().limitUsd(),
                BudgetLevel.EXHAUSTED);
    }

    private void look(Place place, Followed followed) {
        var now = of(place);
        var limit = now.limitUsd();
        var level = limit == null ? null : BudgetLevel.of(now.spentUsd(), limit);
        if (limit != null && level != null) {
            note(new Reached(
                    new Reached.What(place, now.start(), limit, level),
                    now.spentUsd(),
                    now.warnOnly(),
                    null,
                    followed));
        }
    }

    private void note(Reached one) {
        reached.putIfAbsent(one.what(), one);
    }

    /** Windows never go back: what is decided by a clock that did counts in those of the account's latest hold. */
    private Instant notBeforeToday(AccountId account, Instant at) {
        var today = of(new Place(account, BudgetScope.ofAccount(account), BudgetWindow.DAY))
                .start();
        return at.isBefore(today) ? today : at;
    }

    private static List<Place> places(AccountId account, List<BudgetScope> scopes) {
        var places = new ArrayList<Place>();
        for (var scope : scopes) {
            for (var window : BudgetWindow.values()) {
                places.add(new Place(account, scope, window));
            }
        }
        return places;
    }

    private Spent of(Place place) {
        return spent.getOrDefault(place, Spent.NONE);
    }

    private void keep(Place place, Spent now) {
        spent.put(place, now);
        changed.put(place, now);
    }

    private void keep(HoldName name, Optional<CountedHold> hold) {
        hold.ifPresentOrElse(begun -> holds.put(name, begun), () -> holds.remove(name));
        changedHolds.put(name, hold);
    }

    Map<Place, Spent> changed() {
        return changed;
    }

    /** Empty for those that ended. */
    Map<HoldName, Optional<CountedHold>> changedHolds() {
        return changedHolds;
    }

    /** Each once, in the order of the events. */
    List<Reached> reached() {
        return List.copyOf(reached.values());
    }
}
