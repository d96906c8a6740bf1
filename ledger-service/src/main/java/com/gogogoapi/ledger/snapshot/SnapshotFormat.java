package com.gogogoapi.ledger.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.AnsweredRequests;
import com.gogogoapi.ledger.account.GrantLots;
import com.gogogoapi.ledger.account.Hold;
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
        Balance balance, List<Hold> openHolds, List<UUID> answered, long forgottenUntilMillis, List<OpenLot> lots) {

    record OpenLot(
            int priority,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant expiresAt,

            long number,
            UUID grantId,
            Usd leftUsd,
            int expiredParts) {}

    /** Raised with every change of meaning; a snapshot of another version is ignored and the events are replayed. */
    static final int VERSION = 3;

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
                lots(format.lots));
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
