package com.gogogoapi.auditor.receipt;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.Export;
import com.gogogoapi.auditor.verify.Rating;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.merkle.MerkleTree;
import com.gogogoapi.evidence.receipt.ProvenReceipt;
import com.gogogoapi.evidence.receipt.ProvenReceipt.Inclusion;
import com.gogogoapi.evidence.receipt.Receipt;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * A receipt against nothing but a public key: the signatures, that the receipt is what its events make, that the charge is
 * what its tokens cost at its prices, and that the events are in the checkpoints.
 */
public final class ReceiptCheck {

    private final List<VerifyingKey> keys;
    private final List<Path> givenCheckpoints;

    /** @param givenCheckpoints checkpoints that the holder kept: those that the receipt names must be among them */
    public ReceiptCheck(List<VerifyingKey> keys, List<Path> givenCheckpoints) {
        this.keys = keys;
        this.givenCheckpoints = givenCheckpoints;
    }

    /** What is wrong with it; empty if nothing is, as far as that can be told: see {@link #unproven}. */
    public List<String> problems(ProvenReceipt proven) {
        var problems = new ArrayList<String>();
        require(problems, isSigned(proven.receipt()), "the receipt is not signed by the key given");
        for (var checkpoint : proven.checkpoints()) {
            require(problems, isSigned(checkpoint), "a checkpoint in it is not signed by the key given");
        }
        try {
            var rows =
                    proven.events().stream().map(event -> event.event().row()).toList();
            var made = Receipt.of(rows);
            require(
                    problems,
                    made.isPresent()
                            && made.get().payload().equals(proven.receipt().payload()),
                    "the receipt does not say what its events say");
            made.ifPresent(receipt -> checkCharge(problems, receipt));
            checkBelonging(problems, rows);
            for (var event : proven.events()) {
                var inclusion = event.inclusion();
                if (inclusion != null) {
                    included(proven, event.event().row(), inclusion).ifPresent(problems::add);
                }
            }
        } catch (JacksonException | IllegalArgumentException | ArithmeticException | MalformedEventException e) {
            problems.add("the receipt cannot be read: " + e.getMessage());
        }
        return problems;
    }

    /** What of it cannot be told yet, because no checkpoint covers it so far. */
    public List<String> unproven(ProvenReceipt proven) {
        return proven.events().stream()
                .filter(event -> event.inclusion() == null)
                .map(event -> "event " + event.event().pos() + " is not in a checkpoint yet: ask again in a minute")
                .toList();
    }

    private static void checkCharge(List<String> problems, Receipt receipt) {
        var usage = receipt.usage();
        if (usage != null) {
            require(
                    problems,
                    Rating.isExactly(receipt.prices(), usage, receipt.chargedUsd(), receipt.overrunUsd()),
                    "the charge is not what its tokens cost");
        } else {
            require(problems, receipt.chargedUsd().isZero(), "a charge without tokens");
        }
    }

    private static void checkBelonging(List<String> problems, List<LogRow> rows) {
        var account = rows.getFirst().accountId();
        var request = rows.getFirst().event().requestId();
        for (var row : rows) {
            require(
                    problems,
                    row.accountId().equals(account)
                            && row.event().accountId().value().equals(account)
                            && row.event().requestId().equals(request),
                    "event " + row.pos() + " is another account's or request's");
        }
    }

    private Optional<String> included(ProvenReceipt proven, LogRow row, Inclusion inclusion) {
        for (var signed : proven.checkpoints()) {
            var checkpoint = Checkpoint.parse(signed.payload());
            if (checkpoint.number() != inclusion.checkpoint()) {
                continue;
            }
            var part = checkpoint.of(row.shard());
            if (part.isEmpty()) {
                return Optional.of("checkpoint " + checkpoint.number() + " has no shard " + row.shard());
            }
            var root = MerkleTree.rootOf(
                    MerkleTree.leaf(row.canonicalBytes()),
                    row.pos() - part.get().first(),
                    part.get().last() - part.get().first() + 1,
                    inclusion.merklePath().stream().map(Sha256::parse).toList());
            if (!Sha256.hex(root).equals(part.get().root())) {
                return Optional.of("event " + row.pos() + " is not in checkpoint " + checkpoint.number());
            }
            return isKept(checkpoint.number(), signed)
                    ? Optional.empty()
                    : Optional.of("checkpoint " + checkpoint.number() + " is not the one that you kept");
        }
        return Optional.of("checkpoint " + inclusion.checkpoint() + " is not with the receipt");
    }

    private boolean isKept(long number, SignedText signed) {
        for (var file : givenCheckpoints) {
            try (Cursor<SignedText> kept = Export.readSigned(file)) {
                for (var next = kept.next(); next != null; next = kept.next()) {
                    if (Checkpoint.parse(next.payload()).number() == number) {
                        return next.hash().equals(signed.hash());
                    }
                }
            }
        }
        return true;
    }

    private boolean isSigned(SignedText signed) {
        return keys.stream().anyMatch(key -> key.verifies(signed));
    }

    private static void require(List<String> problems, boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
