package com.gogogoapi.auditor.source;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.evidence.state.CanonicalState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a stored snapshot says of an account; what it remembers only to be quick is left out. */
record SnapshotJson(Balance balance, List<SnapshotHold> openHolds, List<Lot> lots) {

    /** The format that this reads; others are skipped, as the ledger skips them. */
    static final int FORMAT = 3;

    record SnapshotHold(
            UUID requestId, Usd heldUsd, String model, String priceVersion, TokenPrices prices, Instant expiresAt) {}

    record Lot(int priority, @Nullable Instant expiresAt, UUID grantId, Usd leftUsd, int expiredParts) {}

    static CanonicalState read(String account, long sequence, byte[] json) {
        var snapshot = EventJson.mapper().readValue(json, SnapshotJson.class);
        var balance = snapshot.balance;
        return new CanonicalState(
                account,
                sequence,
                balance.availableUsd().toString(),
                balance.heldUsd().toString(),
                balance.chargedUsd().toString(),
                balance.grantedUsd().toString(),
                balance.expiredOrZero().toString(),
                balance.revokedOrZero().toString(),
                snapshot.lots.stream()
                        .map(lot -> CanonicalState.Grant.of(
                                lot.grantId, lot.leftUsd.toString(), lot.priority, lot.expiresAt, lot.expiredParts))
                        .toList(),
                snapshot.openHolds.stream()
                        .map(hold -> new CanonicalState.OpenHold(
                                hold.requestId.toString(),
                                hold.heldUsd.toString(),
                                hold.model,
                                hold.priceVersion,
                                hold.prices.input().toString(),
                                hold.prices.cachedInput().toString(),
                                hold.prices.output().toString(),
                                hold.expiresAt.toString()))
                        .toList());
    }
}
