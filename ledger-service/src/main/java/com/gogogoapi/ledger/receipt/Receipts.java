package com.gogogoapi.ledger.receipt;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.LogRowJson;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.merkle.MerkleTree;
import com.gogogoapi.evidence.receipt.ProvenReceipt;
import com.gogogoapi.evidence.receipt.ProvenReceipt.Inclusion;
import com.gogogoapi.evidence.receipt.ProvenReceipt.ProvenEvent;
import com.gogogoapi.evidence.receipt.Receipt;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.checkpoint.CheckpointStore;
import com.gogogoapi.ledger.checkpoint.EvidenceRows;
import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes receipts. A proof costs reading the events that its checkpoint covers in the event's shard, which checkpoints bound.
 */
@Component
class Receipts {

    private static final int PAGE = 5_000;

    private final LedgerLog log;
    private final CheckpointStore checkpoints;

    Receipts(LedgerLog log, CheckpointStore checkpoints) {
        this.log = log;
        this.checkpoints = checkpoints;
    }

    /** The receipt of a request that has ended; none if it has not, or is not this account's. */
    Optional<ProvenReceipt> of(AccountId account, UUID request, SigningKey key) throws SQLException {
        var rows = log.request(account, request).stream().map(EvidenceRows::of).toList();
        var receipt = Receipt.of(rows);
        return receipt.isEmpty()
                ? Optional.empty()
                : Optional.of(proven(key.sign(receipt.get().payload()), rows));
    }

    private ProvenReceipt proven(SignedText receipt, List<LogRow> rows) throws SQLException {
        var used = new LinkedHashMap<Long, SignedText>();
        var events = new ArrayList<ProvenEvent>();
        for (var row : rows) {
            events.add(new ProvenEvent(LogRowJson.of(row), inclusion(row, used)));
        }
        return new ProvenReceipt(
                receipt,
                events,
                List.copyOf(used.values()),
                events.stream().allMatch(event -> event.inclusion() != null));
    }

    private @Nullable Inclusion inclusion(LogRow row, LinkedHashMap<Long, SignedText> used) throws SQLException {
        var covering = checkpoints.covering(row.shard(), row.pos());
        if (covering.isEmpty()) {
            return null;
        }
        var checkpoint = Checkpoint.parse(covering.get().payload());
        used.put(checkpoint.number(), covering.get());
        var part = checkpoint.of(row.shard()).orElseThrow();
        var leaves = leaves(part);
        return new Inclusion(
                checkpoint.number(),
                MerkleTree.path(leaves, (int) (row.pos() - part.first())).stream()
                        .map(Sha256::hex)
                        .toList());
    }

    private List<byte[]> leaves(Checkpoint.ShardCheckpoint part) throws SQLException {
        var leaves = new ArrayList<byte[]>();
        for (var pos = part.first() - 1; pos < part.last(); ) {
            var page = log.shardAfter(part.shard(), pos, (int) Math.min(PAGE, part.last() - pos));
            if (page.isEmpty()) {
                throw new IllegalStateException("Shard " + part.shard() + " must have an event after " + pos + ".");
            }
            for (var stored : page) {
                leaves.add(MerkleTree.leaf(EvidenceRows.of(stored).canonicalBytes()));
            }
            pos = page.getLast().pos();
        }
        return leaves;
    }
}
