package com.gogogoapi.ledger.intake;

import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.trust.GapAcceptance;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the intake no longer has what a shard was to read next: nobody goes on there by himself. */
interface IntakeGaps {

    /**
     * Where a shard goes on.
     *
     * @param passing by whose word it goes on behind a gap; null if there is none
     */
    record Start(long offset, @Nullable GapAcceptance passing) {

        static Start at(long offset) {
            return new Start(offset, null);
        }
    }

    /**
     * Where a shard goes on: where it stands, if the intake has everything from there on.
     *
     * @param first the first offset that the intake has of the shard
     * @param end the one behind the last
     * @return empty while there is a gap that no operator has accepted; behind it when one has
     */
    Optional<Start> startOf(ShardPosition position, long first, long end) throws SQLException;

    /** Kafka said that what is to be read next is not what was there: whatever comes to be there later is something else. */
    void found(ShardPosition position) throws SQLException;

    /** The shard is another worker's from here on. */
    void forget(int shard);
}
