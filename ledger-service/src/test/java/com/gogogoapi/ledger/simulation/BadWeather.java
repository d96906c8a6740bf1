package com.gogogoapi.ledger.simulation;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** What can befall an instance's call to the database on its way there and back, until the world is calm. */
final class BadWeather implements SimulatedLog.Weather {

    private final Chance chance;
    private final Faults faults;
    private final BooleanSupplier calm;
    private final Runnable stall;

    /** @param stall what happens meanwhile, where the call is held up */
    BadWeather(Chance chance, Faults faults, BooleanSupplier calm, Runnable stall) {
        this.chance = chance;
        this.faults = faults;
        this.calm = calm;
        this.stall = stall;
    }

    @Override
    public void going() throws SQLException {
        if (calm.getAsBoolean()) {
            return;
        }
        maybeStall();
        if (chance.oneIn(70)) {
            faults.databaseFailures++;
            throw new SQLException("the connection was refused", "08006");
        }
        maybeCrash();
    }

    @Override
    public void coming() throws SQLException {
        if (calm.getAsBoolean()) {
            return;
        }
        maybeStall();
        if (chance.oneIn(40)) {
            faults.lostAnswers++;
            throw new SQLException("the connection broke before the answer", "08006");
        }
        maybeCrash();
    }

    private void maybeStall() {
        if (chance.oneIn(25)) {
            stall.run();
        }
    }

    private void maybeCrash() {
        if (chance.oneIn(150)) {
            faults.crashes++;
            throw new Crash();
        }
    }
}
