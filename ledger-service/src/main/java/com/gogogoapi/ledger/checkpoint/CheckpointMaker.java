package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.checkpoint.Checkpoint.ShardCheckpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.checkpoint.ShardEnds.ShardEnd;
import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes one checkpoint after the other. The ledger signs only what it has read again itself ({@link ShardReadBack}): of every
 * shard the events since the last checkpoint.
 */
public final class CheckpointMaker {

    private final ShardReadBack log;
    private final ShardEnds ends;
    private final CheckpointStore store;
    private final SigningKey key;
    private final Clock clock;
    private final int maxEventsPerShard;

    public CheckpointMaker(
            LedgerLog log, ShardEnds ends, CheckpointStore store, SigningKey key, Clock clock, int maxEventsPerShard) {
        this.log = new ShardReadBack(log, ends);
        this.ends = ends;
        this.store = store;
        this.key = key;
        this.clock = clock;
        this.maxEventsPerShard = maxEventsPerShard;
    }

    /**
     * Makes the next checkpoint, if there is anything new or another instance was not faster.
     *
     * @throws SQLException if the log cannot be read
     * @throws IllegalStateException if the log is not what was signed, or does not hold by itself
     */
    public Optional<Checkpoint> makeNext() throws SQLException {
        var latest = store.latest();
        var before = latest.map(signed -> Checkpoint.parse(signed.payload()));
        var ended = ends.all().stream().collect(Collectors.toMap(ShardEnd::shard, Function.identity()));
        var shards = new TreeSet<>(ended.keySet());
        before.ifPresent(checkpoint -> checkpoint.shards().forEach(part -> shards.add(part.shard())));
        var parts = new ArrayList<ShardCheckpoint>();
        for (var shard : shards) {
            var from = before.flatMap(checkpoint -> checkpoint.of(shard));
            var end = ended.get(shard);
            var after = from.map(ShardCheckpoint::last).orElse(0L);
            if (end == null || end.lastPos() < after) {
                throw new IllegalStateException("shard " + shard + " ends at " + (end == null ? 0 : end.lastPos())
                        + " and was signed up to " + after);
            }
            parts.add(log.read(end, from, until(end, after)));
        }
        if (parts.stream().allMatch(part -> part.last() < part.first())) {
            return Optional.empty();
        }
        var checkpoint = new Checkpoint(
                Checkpoint.FORMAT,
                before.map(Checkpoint::number).orElse(0L) + 1,
                latest.map(SignedText::hash).orElse(Checkpoint.NONE),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                key.verifyingKey().id(),
                parts,
                parts.stream().map(ShardCheckpoint::books).reduce(TrialBalance.EMPTY, TrialBalance::plus));
        if (!checkpoint.trialBalance().isBalanced()) {
            throw new IllegalStateException(
                    "the books are off by " + checkpoint.trialBalance().difference() + ": no checkpoint is signed");
        }
        return store.add(checkpoint.number(), key.sign(checkpoint.payload()))
                ? Optional.of(checkpoint)
                : Optional.empty();
    }

    /** Where the next one ends. Where links are of one batch each there is a head only where one ends. */
    private long until(ShardEnd end, long after) {
        var most = after + maxEventsPerShard;
        if (most > end.perEventAfter()) {
            return Math.min(end.lastPos(), most);
        }
        return ends.lastBatchEnd(end.shard(), Math.max(most, ends.nextBatchEnd(end.shard(), after)));
    }
}
