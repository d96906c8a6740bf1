package com.gogogoapi.auditor.source;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.evidence.state.CanonicalState;
import com.gogogoapi.evidence.state.StoredSnapshots;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a stored snapshot says of an account; what it remembers only to be quick is left out. */
record SnapshotJson(
        Balance balance, List<SnapshotHold> openHolds, List<Lot> lots, Starts windows, List<Scope> spending) {

    /** The format that this reads; others are skipped, as the ledger skips them. */
    static final int FORMAT = StoredSnapshots.FORMAT;

    record Starts(Instant day, Instant week, Instant month) {

        Instant of(BudgetWindow window) {
            return switch (window) {
                case DAY -> day;
                case WEEK -> week;
                case MONTH -> month;
                case TOTAL -> Instant.EPOCH;
            };
        }
    }

    record Scope(BudgetScope scope, Windows spending) {}

    record Windows(Window day, Window week, Window month, Window total) {

        Window of(BudgetWindow window) {
            return switch (window) {
                case DAY -> day;
                case WEEK -> week;
                case MONTH -> month;
                case TOTAL -> total;
            };
        }
    }

    record Window(Instant start, Usd spentUsd, Usd heldUsd) {}

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
                        .toList(),
                snapshot.spending.stream()
                        .flatMap(of -> spent(of, snapshot.windows))
                        .toList());
    }

    /** Windows that were over by then have nothing in them any more. */
    private static Stream<CanonicalState.Spent> spent(Scope of, Starts now) {
        return Arrays.stream(BudgetWindow.values())
                .filter(window -> of.spending.of(window).start().equals(now.of(window)))
                .map(window -> new CanonicalState.Spent(
                        of.scope,
                        window,
                        now.of(window),
                        of.spending.of(window).spentUsd().toString(),
                        of.spending.of(window).heldUsd().toString()));
    }
}
