package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint.ShardCheckpoint;
import com.gogogoapi.evidence.log.Chain;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.merkle.MerkleRoot;
import com.gogogoapi.evidence.merkle.MerkleTree;
import com.gogogoapi.ledger.checkpoint.ShardEnds.ShardEnd;
import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a shard's events back and makes of them what a checkpoint says of a shard. They have to continue the signed chain to
 * the stored hash of every batch; a log that does not hold is no checkpoint's.
 */
final class ShardReadBack {

    private static final int PAGE = 2_000;

    private final LedgerLog log;
    private final ShardEnds ends;

    ShardReadBack(LedgerLog log, ShardEnds ends) {
        this.log = log;
        this.ends = ends;
    }

    /**
     * What a checkpoint says of a shard.
     *
     * @param from what was signed of the shard last, if anything was
     * @param until the last event of it; not beyond the end
     * @throws IllegalStateException if the log does not hold
     */
    ShardCheckpoint read(ShardEnd end, Optional<ShardCheckpoint> from, long until) throws SQLException {
        var shard = end.shard();
        var mark = from.flatMap(part -> Optional.ofNullable(part.perEventAfter()));
        if (mark.isPresent() && mark.get() != end.perEventAfter()) {
            throw new IllegalStateException("shard " + shard + " was signed with one link an event after " + mark.get()
                    + " and says after " + end.perEventAfter());
        }
        var after = from.map(ShardCheckpoint::last).orElse(0L);
        var head = from.map(part -> Sha256.parse(part.head())).orElseGet(() -> new byte[Sha256.BYTES]);
        var chain = new Chain(head, after, end.perEventAfter());
        var books = new TrialBalance.Sum(from.map(ShardCheckpoint::books).orElse(TrialBalance.EMPTY));
        var root = new MerkleRoot();
        var batches = ends.batches(shard, after, until).iterator();
        var batch = batches.hasNext() ? batches.next() : null;
        var pos = after;
        while (pos < until) {
            for (var row : rows(shard, pos, (int) Math.min(PAGE, until - pos))) {
                pos++;
                if (row.pos() != pos) {
                    throw new IllegalStateException("shard " + shard + " has no event " + pos);
                }
                var canonical = row.canonicalBytes();
                if (batch != null && batch.firstPos() > pos) {
                    throw new IllegalStateException("shard " + shard + " has no batch that covers " + pos);
                }
                chain.add(canonical);
                root.add(MerkleTree.leaf(canonical));
                books.add(row.event());
                if (batch != null && batch.lastPos() == pos) {
                    chain.endBatch();
                    if (!Arrays.equals(chain.head(), batch.hash())) {
                        throw new IllegalStateException("shard " + shard + " does not make the stored hash at " + pos);
                    }
                    batch = batches.hasNext() ? batches.next() : null;
                }
            }
        }
        if (!chain.hasHead()) {
            throw new IllegalStateException("shard " + shard + " has no batch that ends at " + pos);
        }
        return new ShardCheckpoint(
                shard,
                after + 1,
                pos,
                Sha256.hex(chain.head()),
                Sha256.hex(root.value()),
                books.soFar(),
                end.perEventAfter());
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
