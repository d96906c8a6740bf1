package com.gogogoapi.ledger.snapshot;

import java.sql.SQLException;
import java.util.Optional;

/** Stored states, one an account; {@link PostgresSnapshots} is the real place. */
public interface Snapshots {

    /**
     * After how many events of an account its state is stored again, so that a cold start replays about as many; the more
     * holds are open, and so to be stored, the longer the way, so that a snapshot's share of an event stays what it is.
     */
    int EVERY = 500;

    /** Whether an account with so many open holds is due for a snapshot with its event of this number. */
    default boolean isDue(long seq, int openHolds) {
        return (seq + 1) % ((long) EVERY * (1 + openHolds / EVERY)) == 0;
    }

    /** Stores it soon, or not at all. Never throws for the database's faults. */
    void storeLater(AccountSnapshot snapshot);

    /** The account's stored state, if there is one that this build can read. */
    Optional<AccountSnapshot> of(String accountId) throws SQLException;
}
