package com.gogogoapi.evidence.log;

import java.security.MessageDigest;

/**
 * A shard's hash chain, recomputed event by event and closed batch by batch: {@code head' = SHA-256(head ‖ event ‖ event ‖
 * …)}, of each event its {@link LogRow#canonicalBytes()}. Written from the published rule and not from the ledger's code.
 */
public final class Chain {

    private final MessageDigest sha = Sha256.digest();
    private byte[] head;
    private boolean open;

    /** @param head where it goes on from; of a shard without events 32 zero bytes */
    public Chain(byte[] head) {
        this.head = head.clone();
    }

    public static Chain fromTheBeginning() {
        return new Chain(new byte[Sha256.BYTES]);
    }

    public void add(byte[] canonicalRow) {
        if (!open) {
            sha.update(head);
            open = true;
        }
        sha.update(canonicalRow);
    }

    /** Ends a batch: the head is then the hash over all since the last end. */
    public byte[] close() {
        if (open) {
            head = sha.digest();
            open = false;
        }
        return head.clone();
    }

    /** The head of the last batch that was ended. */
    public byte[] head() {
        return head.clone();
    }
}
