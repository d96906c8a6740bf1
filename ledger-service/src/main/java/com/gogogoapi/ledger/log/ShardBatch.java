package com.gogogoapi.ledger.log;

import java.util.List;

/**
 * What one poll brought one shard: where the shard was, the events, and where it is then.
 *
 * @param events in order, at the positions that follow {@code from.lastPos}; may be empty, the offset moves all the same
 * @param parked records set aside
 * @param ended what became of records that were parked before
 */
public record ShardBatch(
        ShardPosition from,
        List<StoredEvent> events,
        List<ParkedRecord> parked,
        List<ParkedEnd> ended,
        ShardPosition to) {

    /**
     * @param nextOffset where the shard's intake stands after the batch
     * @param leaderEpoch of the record before it; {@link ShardPosition#NO_EPOCH} if it is not known
     */
    public static ShardBatch of(
            ShardPosition from,
            List<StoredEvent> events,
            List<ParkedRecord> parked,
            List<ParkedEnd> ended,
            long nextOffset,
            int leaderEpoch) {
        var to = new ShardPosition(
                from.shard(),
                from.lastPos() + events.size(),
                nextOffset,
                leaderEpoch,
                HashChain.next(from.hashHead(), events));
        return new ShardBatch(from, events, parked, ended, to);
    }

    public int shard() {
        return from.shard();
    }
}
