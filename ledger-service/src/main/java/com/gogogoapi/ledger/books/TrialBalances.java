package com.gogogoapi.ledger.books;

import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.ledger.checkpoint.CheckpointStore;
import com.gogogoapi.ledger.checkpoint.ShardEnds;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * The trial balance as of now. It begins with the books that the last checkpoint states, adds the events since, and goes on
 * from there when it is asked again. Without any checkpoint the first answer reads the whole log.
 */
@Component
class TrialBalances {

    private static final int PAGE = 2_000;

    private final LedgerLog log;
    private final ShardEnds ends;
    private final CheckpointStore checkpoints;
    private final Map<Integer, ShardBooks> shards = new TreeMap<>();

    private static final class ShardBooks {

        private final TrialBalance.Sum sum;
        private long pos;

        ShardBooks(TrialBalance from, long pos) {
            this.sum = new TrialBalance.Sum(from);
            this.pos = pos;
        }
    }

    /** @param sequences how far each shard's log is in it */
    record AsOf(TrialBalance balance, SortedMap<Integer, Long> sequences) {}

    TrialBalances(LedgerLog log, ShardEnds ends, CheckpointStore checkpoints) {
        this.log = log;
        this.ends = ends;
        this.checkpoints = checkpoints;
    }

    synchronized AsOf now() throws SQLException {
        if (shards.isEmpty()) {
            checkpoints
                    .latest()
                    .map(signed -> Checkpoint.parse(signed.payload()))
                    .ifPresent(checkpoint -> checkpoint
                            .shards()
                            .forEach(part -> shards.put(part.shard(), new ShardBooks(part.books(), part.last()))));
        }
        for (var end : ends.all()) {
            readOn(
                    end.shard(),
                    shards.computeIfAbsent(end.shard(), shard -> new ShardBooks(TrialBalance.EMPTY, 0)),
                    end.lastPos());
        }
        var sequences = new TreeMap<Integer, Long>();
        shards.forEach((shard, books) -> sequences.put(shard, books.pos));
        return new AsOf(
                shards.values().stream().map(books -> books.sum.soFar()).reduce(TrialBalance.EMPTY, TrialBalance::plus),
                sequences);
    }

    private void readOn(int shard, ShardBooks books, long until) throws SQLException {
        while (books.pos < until) {
            var page = log.shardAfter(shard, books.pos, (int) Math.min(PAGE, until - books.pos));
            if (page.isEmpty()) {
                throw new IllegalStateException("Shard " + shard + " must have an event after " + books.pos + ".");
            }
            page.stream().map(StoredEvent::event).forEach(books.sum::add);
            books.pos = page.getLast().pos();
        }
    }
}
