package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.ledger.intake.GrantPriority;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.GrantLots;
import com.gogogoapi.ledger.account.budget.Budgets;
import com.gogogoapi.ledger.account.budget.Limited;
import com.gogogoapi.ledger.account.budget.Spending;
import com.gogogoapi.ledger.simulation.SimulatedDatabase.StoredSnapshot;
import com.gogogoapi.ledger.snapshot.AccountSnapshot;
import com.gogogoapi.ledger.snapshot.SnapshotBytes;
import com.gogogoapi.ledger.snapshot.Snapshots;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pcollections.HashTreePMap;

/** Snapshots that are often taken, often not stored, and often gone. */
final class SimulatedSnapshots implements Snapshots {

    private static final int OFTEN = 5;

    private final SimulatedDatabase database;
    private final SimulatedLog.Weather weather;
    private final Chance chance;
    private final Set<Defect> defects;

    SimulatedSnapshots(SimulatedDatabase database, SimulatedLog.Weather weather, Chance chance, Set<Defect> defects) {
        this.database = database;
        this.weather = weather;
        this.chance = chance;
        this.defects = defects;
    }

    @Override
    public boolean isDue(long seq, int openHolds) {
        return (seq + 1) % OFTEN == 0;
    }

    @Override
    public void storeLater(AccountSnapshot snapshot) {
        if (chance.oneIn(4)) {
            return;
        }
        var state = spoilt(snapshot.state());
        database.snapshots.merge(
                snapshot.accountId(),
                new StoredSnapshot(snapshot.seq(), SnapshotBytes.write(state)),
                (old, taken) -> old.seq() < taken.seq() ? taken : old);
    }

    private static Spending withoutHeld(Spending spending) {
        return new Spending(
                withoutHeld(spending.day()),
                withoutHeld(spending.week()),
                withoutHeld(spending.month()),
                withoutHeld(spending.total()));
    }

    private static Spending.Window withoutHeld(Spending.Window window) {
        return new Spending.Window(window.start(), window.spentUsd(), Usd.ZERO);
    }

    private AccountState spoilt(AccountState state) {
        var balance = state.balance();
        if (defects.contains(Defect.GENEROUS_SNAPSHOT)) {
            var more = Usd.usd("0.01");
            return new AccountState(
                    balance.granted(more),
                    state.openHolds(),
                    state.answered(),
                    state.lots().plus(new UUID(0, 0), GrantPriority.USUAL, null, more),
                    state.limited());
        }
        if (defects.contains(Defect.FORGETFUL_SNAPSHOT)) {
            return new AccountState(balance, HashTreePMap.empty(), state.answered(), state.lots(), state.limited());
        }
        if (defects.contains(Defect.BUDGETS_WITHOUT_HELD)) {
            var budgets = state.limited().budgets();
            var forgotten = budgets.spending();
            for (var entry : budgets.spending().entrySet()) {
                forgotten = forgotten.plus(entry.getKey(), withoutHeld(entry.getValue()));
            }
            return new AccountState(
                    balance,
                    state.openHolds(),
                    state.answered(),
                    state.lots(),
                    new Limited(
                            new Budgets(budgets.now(), forgotten),
                            state.limited().rates()));
        }
        if (defects.contains(Defect.UNDYING_SNAPSHOT)) {
            var lots = GrantLots.NONE;
            for (var entry : state.lots().open().entrySet()) {
                var lot = entry.getValue();
                lots = lots.plus(lot.grantId(), entry.getKey().priority(), null, lot.leftUsd());
            }
            return new AccountState(balance, state.openHolds(), state.answered(), lots, state.limited());
        }
        return state;
    }

    @Override
    public Optional<AccountSnapshot> of(String accountId) throws SQLException {
        weather.going();
        return Optional.ofNullable(database.snapshots.get(accountId))
                .map(stored -> new AccountSnapshot(accountId, stored.seq(), SnapshotBytes.read(stored.state())));
    }
}
