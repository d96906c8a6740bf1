package com.gogogoapi.evidence.log;

import java.security.MessageDigest;

/**
 * A shard's hash chain, recomputed event by event from {@link LogRow#canonicalBytes()}. It has two eras:
 *
 * <pre>
 * up to the mark   one link a batch    head' = SHA-256(head ‖ event ‖ event ‖ …)
 * after it         one link an event   head' = SHA-256(head ‖ event)
 * </pre>
 *
 * In the first era a head exists only where a batch ends, and depends on how batches were cut; in the second after every
 * event, whatever the batches. A shard that began in the second era has its mark at 0. Written from the published rule and
 * not from the ledger's code.
 */
public final class Chain {

    private final MessageDigest sha = Sha256.digest();
    private final long perEventAfter;
    private byte[] head;
    private long pos;
    private boolean open;

    /**
     * @param head where it goes on from; of a shard without events 32 zero bytes
     * @param pos the sequence number of the event that made it; 0 for none
     * @param perEventAfter the mark: the last sequence number of the first era
     */
    public Chain(byte[] head, long pos, long perEventAfter) {
        this.head = head.clone();
        this.pos = pos;
        this.perEventAfter = perEventAfter;
    }

    public static Chain fromTheBeginning(long perEventAfter) {
        return new Chain(new byte[Sha256.BYTES], 0, perEventAfter);
    }

    /** The next event. */
    public void add(byte[] canonicalRow) {
        if (pos >= perEventAfter) {
            endBatch();
        }
        if (!open) {
            sha.update(head);
            open = true;
        }
        sha.update(canonicalRow);
        pos++;
        if (pos > perEventAfter) {
            endBatch();
        }
    }

    /** Says that a batch ends here, which in the second era makes no difference. */
    public void endBatch() {
        if (open) {
            head = sha.digest();
            open = false;
        }
    }

    /** Whether there is a head here: not in the middle of a batch of the first era. */
    public boolean hasHead() {
        return !open;
    }

    /** The head; in the middle of a batch of the first era that of the batch before. */
    public byte[] head() {
        return head.clone();
    }
}
