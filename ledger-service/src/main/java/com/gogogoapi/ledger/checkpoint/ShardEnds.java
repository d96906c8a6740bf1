package com.gogogoapi.ledger.checkpoint;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where the shards' logs and the batches in them end. */
@Repository
public class ShardEnds {

    /** A batch: its first and last event and the chain's hash after it. */
    @SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals where it is recomputed
    record BatchEnd(long firstPos, long lastPos, byte[] hash) {}

    /**
     * A shard's last event.
     *
     * @param perEventAfter where the chain's links begin to be of one event each
     */
    public record ShardEnd(int shard, long lastPos, long perEventAfter) {}

    private final JdbcClient jdbc;

    public ShardEnds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All shards that have events, as they are at one moment. */
    public List<ShardEnd> all() {
        return jdbc.sql("select shard, last_pos, per_event_after from ledger_shard where last_pos > 0 order by shard")
                .query((row, number) -> new ShardEnd(row.getInt(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    /** The batches that end after one position and no later than another, in order. */
    List<BatchEnd> batches(int shard, long after, long until) {
        return jdbc.sql("select first_pos, last_pos, hash from ledger_batch"
                        + " where shard = ? and last_pos > ? and last_pos <= ? order by last_pos")
                .params(shard, after, until)
                .query((row, number) -> new BatchEnd(row.getLong(1), row.getLong(2), row.getBytes(3)))
                .list();
    }

    /** The end of the first batch after a position; the position itself if there is none. */
    long nextBatchEnd(int shard, long after) {
        return jdbc.sql("select coalesce(min(last_pos), ?) from ledger_batch where shard = ? and last_pos > ?")
                .params(after, shard, after)
                .query(Long.class)
                .single();
    }

    /** The end of the last batch that ends no later than at a position; 0 if there is none. */
    long lastBatchEnd(int shard, long until) {
        return jdbc.sql("select coalesce(max(last_pos), 0) from ledger_batch where shard = ? and last_pos <= ?")
                .params(shard, until)
                .query(Long.class)
                .single();
    }
}
