package com.gogogoapi.ledger.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.state.StoredSnapshots;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.AnsweredRequests;
import com.gogogoapi.ledger.account.GrantLots;
import com.gogogoapi.ledger.account.Hold;
import com.gogogoapi.ledger.account.budget.Budgets;
import com.gogogoapi.ledger.account.budget.Limited;
import com.gogogoapi.ledger.account.budget.Rates;
import com.gogogoapi.ledger.account.budget.RecentMinute;
import com.gogogoapi.ledger.account.budget.Spending;
import com.gogogoapi.ledger.account.budget.WindowStarts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * The JSON of a stored state.
 *
 * @param answered oldest first
 * @param lots the first to be consumed first
 */
record SnapshotFormat(
        Balance balance,
        List<Hold> openHolds,
        List<UUID> answered,
        long forgottenUntilMillis,
        List<OpenLot> lots,
        WindowStarts windows,
        List<Scope> spending,
        List<Minute> rates) {

    record Scope(BudgetScope scope, Spending spending) {}

    record Minute(BudgetScope scope, long[] seconds) {}

    record OpenLot(
            int priority,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant expiresAt,

            long number,
            UUID grantId,
            Usd leftUsd,
            int expiredParts) {}

    /** Raised with every change of meaning; a snapshot of another version is ignored and the events are replayed. */
    static final int VERSION = StoredSnapshots.FORMAT;

    static byte[] write(AccountState state) {
        var format = new SnapshotFormat(
                state.balance(),
                List.copyOf(state.openHolds().values()),
                state.answered().remembered(),
                state.answered().forgottenUntilMillis(),
                state.lots().open().entrySet().stream()
                        .map(entry -> new OpenLot(
                                entry.getKey().priority(),
                                entry.getKey().expiresAt(),
                                entry.getKey().number(),
                                entry.getValue().grantId(),
                                entry.getValue().leftUsd(),
                                entry.getValue().expiredParts()))
                        .toList(),
                state.limited().budgets().now(),
                state.limited().budgets().spending().entrySet().stream()
                        .map(entry -> new Scope(entry.getKey(), entry.getValue()))
                        .toList(),
                state.limited().rates().minutes().entrySet().stream()
                        .map(entry ->
                                new Minute(entry.getKey(), entry.getValue().seconds()))
                        .toList());
        return EventJson.mapper().writeValueAsBytes(format);
    }

    static AccountState read(byte[] json) {
        var format = EventJson.mapper().readValue(json, SnapshotFormat.class);
        var holds = format.openHolds.stream().collect(Collectors.toMap(Hold::requestId, Function.identity()));
        return new AccountState(
                format.balance,
                HashTreePMap.from(holds),
                AnsweredRequests.of(format.answered, format.forgottenUntilMillis),
                lots(format.lots),
                new Limited(
                        new Budgets(
                                format.windows,
                                HashTreePMap.from(format.spending.stream()
                                        .collect(Collectors.toMap(Scope::scope, Scope::spending)))),
                        new Rates(HashTreePMap.from(format.rates.stream()
                                .collect(Collectors.toMap(
                                        Minute::scope, minute -> RecentMinute.of(minute.seconds())))))));
    }

    private static GrantLots lots(List<OpenLot> stored) {
        var open = TreePMap.<GrantLots.Place, GrantLots.Lot>empty();
        for (var lot : stored) {
            open = open.plus(
                    new GrantLots.Place(lot.priority, lot.expiresAt, lot.number),
                    new GrantLots.Lot(lot.grantId, lot.leftUsd, lot.expiredParts));
        }
        return new GrantLots(open);
    }
}
