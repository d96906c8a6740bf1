package com.gogogoapi.ledger.snapshot;

import java.sql.SQLException;
import java.util.Optional;

/** Stored states, one an account; {@link PostgresSnapshots} is the real place. */
public interface Snapshots {

    /** After how many events of an account its state is stored again; so a cold start replays about as many. */
    int EVERY = 500;

    /** Whether an account is due for a snapshot with its event of this number. */
    default boolean isDue(long seq) {
        return (seq + 1) % EVERY == 0;
    }

    /** Stores it soon, or not at all. Never throws for the database's faults. */
    void storeLater(AccountSnapshot snapshot);

    /** The account's stored state, if there is one that this build can read. */
    Optional<AccountSnapshot> of(String accountId) throws SQLException;
}
