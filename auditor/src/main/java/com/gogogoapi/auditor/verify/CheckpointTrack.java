package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.ShardEnd;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.checkpoint.Checkpoint.ShardCheckpoint;
import com.gogogoapi.evidence.log.Chain;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.merkle.MerkleRoot;
import com.gogogoapi.evidence.merkle.MerkleTree;
import com.gogogoapi.evidence.signing.SignedText;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks along one shard's log and a series of checkpoints, and holds one against the other where a checkpoint ends. The
 * checkpoints' signatures were checked before; there may be checkpoints missing between two of the series.
 */
final class CheckpointTrack implements AutoCloseable {

    private final Cursor<SignedText> checkpoints;
    private final int shard;
    private final String origin;
    private @Nullable ShardCheckpoint part;
    private long number;
    private MerkleRoot root = new MerkleRoot();
    private long goodUntil;

    CheckpointTrack(Cursor<SignedText> checkpoints, int shard, String origin) {
        this.checkpoints = checkpoints;
        this.shard = shard;
        this.origin = origin;
        advance();
    }

    private void advance() {
        part = null;
        root = new MerkleRoot();
        for (var signed = checkpoints.next(); signed != null; signed = checkpoints.next()) {
            var checkpoint = Checkpoint.parse(signed.payload());
            var candidate = checkpoint.of(shard);
            // One without anything new says nothing that the one before did not say.
            if (candidate.isPresent() && candidate.get().last() > goodUntil) {
                part = candidate.get();
                number = checkpoint.number();
                return;
            }
        }
    }

    /**
     * @param chain up to here
     * @param perEventAfter the chain's mark
     * @param books asked for only where a checkpoint ends
     * @throws Discrepancy if the checkpoint that ends here says something else
     */
    void passed(long pos, byte[] canonicalRow, Chain chain, long perEventAfter, Supplier<TrialBalance> books)
            throws Discrepancy {
        var here = part;
        if (here == null) {
            return;
        }
        if (pos >= here.first()) {
            root.add(MerkleTree.leaf(canonicalRow));
        }
        if (pos < here.last()) {
            return;
        }
        var name = origin + " " + number;
        require(
                here.perEventAfter() == null || here.perEventAfter() == perEventAfter,
                name + " signed that links are of one event after sequence " + here.perEventAfter()
                        + ", and the shard says " + (perEventAfter == ShardEnd.NEVER ? "never" : perEventAfter));
        require(
                chain.hasHead() && Sha256.hex(chain.head()).equals(here.head()),
                "the log up to sequence " + here.last() + " is not the one that " + name + " signed");
        require(
                Sha256.hex(root.value()).equals(here.root()),
                "the events " + here.first() + " to " + here.last() + " are not those that " + name + " signed");
        require(books.get().equals(here.books()), "the books add up to something else than " + name + " signed");
        goodUntil = pos;
        advance();
    }

    /** @throws Discrepancy if a checkpoint reaches further than the log */
    void ended(long lastPos) throws Discrepancy {
        require(
                part == null || part.last() <= lastPos,
                part == null
                        ? ""
                        : "the log ends at sequence " + lastPos + ", and " + origin + " " + number + " signed it up to "
                                + part.last());
    }

    /** The last sequence number that a checkpoint vouches for. */
    long goodUntil() {
        return goodUntil;
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
