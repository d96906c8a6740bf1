package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operators' transfers, seen through as the proxy does: the other end is asked for once the first is in the log, until it is there. */
final class SimulatedTransfers {

    private final int shards;
    private final SimulatedDatabase database;
    private final SimulatedClock clock;
    private final Chance chance;
    private final Set<Defect> defects;
    private final List<CreditTransferRequested> begun = new ArrayList<>();

    SimulatedTransfers(
            int shards, SimulatedDatabase database, SimulatedClock clock, Chance chance, Set<Defect> defects) {
        this.shards = shards;
        this.database = database;
        this.clock = clock;
        this.chance = chance;
        this.defects = defects;
    }

    /** A new one, or one that goes on, at whichever end it is; sometimes under a reference that is used already. */
    CreditTransferRequested next(List<AccountId> accounts) {
        if (!begun.isEmpty() && !chance.oneIn(2)) {
            return nextOf(chance.of(begun));
        }
        var from = chance.of(accounts);
        var others = accounts.stream().filter(other -> !other.equals(from)).toList();
        var reference = "transfer " + (chance.oneIn(4) ? chance.below(begun.size() + 1) : begun.size());
        var usd = chance.oneIn(2) ? "0.0003" : "0.00007";
        var transfer = aTransferOf(from, chance.of(others), usd, reference, clock.instant());
        begun.add(transfer);
        return transfer;
    }

    /** The end that is not in the log yet, as far as anybody can tell; again the first where it is unknown. */
    private CreditTransferRequested nextOf(CreditTransferRequested transfer) {
        return left(transfer)
                .map(SimulatedTransfers::arrivalOf)
                .orElseGet(() -> defects.contains(Defect.BLIND_TRANSFERS) ? transfer.otherEnd() : transfer);
    }

    private Optional<CreditTransferred> left(CreditTransferRequested transfer) {
        return ends().filter(end -> end.requestId().equals(transfer.requestId()))
                .findFirst();
    }

    private static CreditTransferRequested arrivalOf(CreditTransferred left) {
        return CreditTransferRequested.from(
                        left.accountId(),
                        left.counterpart(),
                        left.amountUsd(),
                        left.reference(),
                        left.orderedBy(),
                        left.reason(),
                        left.decidedAt())
                .otherEnd();
    }

    private Stream<CreditTransferred> ends() {
        return IntStream.range(0, shards)
                .boxed()
                .flatMap(shard -> database.events(shard).stream())
                .map(StoredEvent::event)
                .filter(CreditTransferred.class::isInstance)
                .map(CreditTransferred.class::cast);
    }

    /** The other ends of what has left and has not arrived. */
    List<CreditTransferRequested> toArrive() {
        if (defects.contains(Defect.HALF_TRANSFERS)) {
            return List.of();
        }
        var arrived = ends().filter(end -> end.side() == TransferSide.IN)
                .map(CreditTransferred::transferId)
                .collect(Collectors.toSet());
        return ends().filter(end -> end.side() == TransferSide.OUT && !arrived.contains(end.transferId()))
                .map(SimulatedTransfers::arrivalOf)
                .toList();
    }

    /** Nothing of what left is lost, and nothing arrives that has not left or arrives twice. */
    void check() {
        ends().collect(Collectors.groupingBy(CreditTransferred::transferId))
                .values()
                .forEach(both -> {
                    assertThat(both)
                            .as("the ends of a transfer")
                            .extracting(CreditTransferred::side)
                            .containsExactlyInAnyOrder(TransferSide.OUT, TransferSide.IN);
                    assertThat(both.getFirst().amountUsd())
                            .isEqualTo(both.getLast().amountUsd());
                    assertThat(both.getFirst().accountId())
                            .isEqualTo(both.getLast().counterpart());
                });
    }
}
