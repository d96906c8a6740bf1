package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.checkpoint.Checkpoint.ShardCheckpoint;
import com.gogogoapi.evidence.log.Chain;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.merkle.MerkleRoot;
import com.gogogoapi.evidence.merkle.MerkleTree;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes one checkpoint after the other. The ledger signs only what it has read again itself: for every shard the events
 * since the last checkpoint are read back, must continue the signed chain to the stored head of every batch, and are added
 * to the signed books. A log that does not hold is not signed.
 */
public final class CheckpointMaker {

    private static final int PAGE = 2_000;

    private final LedgerLog log;
    private final ShardEnds ends;
    private final CheckpointStore store;
    private final SigningKey key;
    private final Clock clock;
    private final int maxEventsPerShard;

    public CheckpointMaker(
            LedgerLog log, ShardEnds ends, CheckpointStore store, SigningKey key, Clock clock, int maxEventsPerShard) {
        this.log = log;
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
        var ended = ends.all();
        var parts = new ArrayList<ShardCheckpoint>();
        var shards = new TreeSet<Integer>();
        before.ifPresent(checkpoint -> checkpoint.shards().forEach(part -> shards.add(part.shard())));
        ended.forEach(end -> shards.add(end.shard()));
        for (var shard : shards) {
            var from = before.flatMap(checkpoint -> checkpoint.of(shard));
            var end = ended.stream()
                    .filter(one -> one.shard() == shard)
                    .mapToLong(ShardEnds.ShardEnd::lastPos)
                    .findFirst()
                    .orElse(0);
            parts.add(next(shard, from, end));
        }
        if (parts.stream().allMatch(part -> part.last() < part.first())) {
            return Optional.empty();
        }
        var checkpoint = new Checkpoint(
                Checkpoint.FORMAT,
                before.map(Checkpoint::number).orElse(0L) + 1,
                latest.map(com.gogogoapi.evidence.signing.SignedText::hash).orElse(Checkpoint.NONE),
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

    private ShardCheckpoint next(int shard, Optional<ShardCheckpoint> from, long end) throws SQLException {
        var after = from.map(ShardCheckpoint::last).orElse(0L);
        if (end < after) {
            throw new IllegalStateException("shard " + shard + " ends at " + end + " and was signed up to " + after);
        }
        var until = Math.min(end, Math.max(after + maxEventsPerShard, ends.nextBatchEnd(shard, after)));
        var batches = ends.batches(shard, after, until);
        var chain = from.map(part -> new Chain(Sha256.parse(part.head()))).orElseGet(Chain::fromTheBeginning);
        var books = new TrialBalance.Sum(from.map(ShardCheckpoint::books).orElse(TrialBalance.EMPTY));
        var root = new MerkleRoot();
        var pos = after;
        for (var batch : batches) {
            while (pos < batch.lastPos()) {
                for (var row : rows(shard, pos, (int) Math.min(PAGE, batch.lastPos() - pos))) {
                    pos++;
                    if (row.pos() != pos) {
                        throw new IllegalStateException("shard " + shard + " has no event " + pos);
                    }
                    var canonical = row.canonicalBytes();
                    chain.add(canonical);
                    root.add(MerkleTree.leaf(canonical));
                    books.add(row.event());
                }
            }
            if (!Arrays.equals(chain.close(), batch.hash())) {
                throw new IllegalStateException("shard " + shard + " does not make the stored hash at " + pos);
            }
        }
        return new ShardCheckpoint(
                shard, after + 1, pos, Sha256.hex(chain.head()), Sha256.hex(root.value()), books.soFar());
    }

    private List<LogRow> rows(int shard, long after, int limit) throws SQLException {
        var rows = log.shardAfter(shard, after, limit).stream()
                .map(EvidenceRows::of)
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalStateException("shard " + shard + " has no event after " + after);
        }
        return rows;
    }
}
