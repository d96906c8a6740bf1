package com.gogogoapi.ledger.snapshot;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.AnsweredRequests;
import com.gogogoapi.ledger.account.Hold;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;

/**
 * The JSON of a stored state.
 *
 * @param answered oldest first
 */
record SnapshotFormat(Balance balance, List<Hold> openHolds, List<UUID> answered, long forgottenUntilMillis) {

    /** Raised with every change of meaning; a snapshot of another version is ignored and the events are replayed. */
    static final int VERSION = 1;

    static byte[] write(AccountState state) {
        var format = new SnapshotFormat(
                state.balance(),
                List.copyOf(state.openHolds().values()),
                state.answered().remembered(),
                state.answered().forgottenUntilMillis());
        return EventJson.mapper().writeValueAsBytes(format);
    }

    static AccountState read(byte[] json) {
        var format = EventJson.mapper().readValue(json, SnapshotFormat.class);
        var holds = format.openHolds.stream().collect(Collectors.toMap(Hold::requestId, Function.identity()));
        return new AccountState(
                format.balance,
                HashTreePMap.from(holds),
                AnsweredRequests.of(format.answered, format.forgottenUntilMillis));
    }
}
