package com.gogogoapi.ledger.intake;

import com.gogogoapi.ledger.log.ShardPosition;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Where the intake no longer has what a shard was to read next: nobody goes on there by himself. */
interface IntakeGaps {

    /**
     * Where a shard goes on: where it stands, if the intake has everything from there on.
     *
     * @param first the first offset that the intake has of the shard
     * @param end the one behind the last
     * @return empty while there is a gap that no operator has accepted; the first offset when one has
     */
    OptionalLong startOf(ShardPosition position, long first, long end) throws SQLException;

    /** Kafka said that what is to be read next is not what was there: whatever comes to be there later is something else. */
    void found(ShardPosition position) throws SQLException;

    /** The shard is another worker's from here on. */
    void forget(int shard);
}
