package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.usage.alerts.Alerts;
import com.gogogoapi.usage.alerts.SeenEvents;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.following.Followed;
import com.gogogoapi.usage.following.ReadModel;
import com.gogogoapi.usage.spending.Reached.What;
import com.gogogoapi.usage.spending.SpendingBook.HoldName;
import com.gogogoapi.usage.spending.SpendingTables.Owner;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Counts what is spent and tells an account once when of a budget four fifths are, and when all of it is. What is counted is made
 * anew with everything else; of what was told then, nothing is told again.
 */
@Component
@Order(1)
class BudgetSpending implements ReadModel {

    private final SpendingTables tables;
    private final SeenEvents seen;
    private final Alerts alerts;

    BudgetSpending(SpendingTables tables, SeenEvents seen, Alerts alerts) {
        this.tables = tables;
        this.seen = seen;
        this.alerts = alerts;
    }

    @Override
    public void take(List<Followed> events) {
        if (events.isEmpty()) {
            return;
        }
        var holds = tables.holds(ended(events));
        var owners = new HashSet<Owner>();
        for (var followed : events) {
            owners.addAll(named(followed.event()));
        }
        holds.forEach((name, hold) -> hold.scopes().forEach(scope -> owners.add(new Owner(name.account(), scope))));
        var book = new SpendingBook(tables.spent(owners), holds);
        var seenUntil = seen.until(events.getFirst().shard());
        events.forEach(followed -> book.take(followed, followed.sequence() > seenUntil));
        tables.write(book.changed());
        tables.writeHolds(book.changedHolds());
        book.reached().stream().filter(reached -> tables.isNews(reached.what())).forEach(this::tell);
    }

    private static Set<HoldName> ended(List<Followed> events) {
        return events.stream()
                .map(Followed::event)
                .filter(event ->
                        event instanceof CreditSettled settled && !settled.late() || event instanceof CreditReleased)
                .map(HoldName::of)
                .collect(Collectors.toSet());
    }

    private static Set<Owner> named(LedgerEvent event) {
        var owners = new HashSet<Owner>();
        owners.add(new Owner(event.accountId(), BudgetScope.ofAccount(event.accountId())));
        if (event instanceof CreditReserved reserved) {
            reserved.scopes().forEach(scope -> owners.add(new Owner(event.accountId(), scope)));
        } else if (event instanceof CreditSettled settled && settled.scopes() != null) {
            settled.scopes().forEach(scope -> owners.add(new Owner(event.accountId(), scope)));
        } else if (event instanceof CreditRefused refused && refused.budget() != null) {
            owners.add(new Owner(event.accountId(), refused.budget().budget().scope()));
        }
        return owners;
    }

    private void tell(Reached reached) {
        var what = reached.what();
        var by = reached.by();
        alerts.raise(
                what.place().account(),
                what.level().kind(),
                subject(what),
                by.shard(),
                by.sequence(),
                by.event().decidedAt(),
                details(reached));
    }

    private static String subject(What what) {
        var place = what.place();
        return place.scope().kind() + ":" + place.scope().id() + " " + place.window() + " " + what.start() + " "
                + what.limitUsd();
    }

    /** Called as in the refusal of a request. */
    private static LinkedHashMap<String, Object> details(Reached reached) {
        var place = reached.what().place();
        var details = new LinkedHashMap<String, Object>();
        details.put("scope", name(place.scope().kind()));
        switch (place.scope().kind()) {
            case KEY -> details.put("key_id", Parameters.keyId(place.scope().id()));
            case MEMBER -> details.put("member_id", place.scope().id());
            case ACCOUNT -> {}
        }
        details.put("window", name(place.window()));
        details.put("limit_usd", reached.what().limitUsd());
        details.put("spent_usd", reached.spentUsd());
        if (reached.heldUsd() != null) {
            details.put("held_usd", reached.heldUsd());
        }
        details.put("warn_only", reached.warnOnly());
        place.window().endOf(reached.what().start()).ifPresent(end -> details.put("resets_at", end));
        return details;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void forget() {
        tables.forget();
    }
}
