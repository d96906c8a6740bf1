package com.gogogoapi.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * The chain over the exact stored bytes of a shard, one link an event, so that the same events make the same head however
 * they came to be in batches.
 *
 * <p>{@code next = SHA-256(head ‖ event)}; of an event every column in the order of {@link StoredEvent}, big-endian, and
 * everything of variable length with its length (4 bytes) before it. Up to a shard's mark, which {@code ledger_shard} has,
 * there was one link a batch; nothing is written that way any more.
 */
public final class HashChain {

    public static final int HASH_BYTES = 32;

    /** Of an event: shard, pos, seq and atMillis, two ids, and the lengths of four columns. */
    private static final int FIXED_BYTES = 4 + 3 * 8 + 2 * 16 + 4 * 4;

    private static final byte[] NOTHING = {};

    private HashChain() {}

    /** The head of a shard without events: 32 zero bytes. */
    public static byte[] genesis() {
        return new byte[HASH_BYTES];
    }

    /** The head after these events. */
    public static byte[] next(byte[] head, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return head;
        }
        var sha = sha256();
        var link = head.clone();
        var columns = ByteBuffer.allocate(512);
        for (var event : events) {
            var accountId = event.accountId().getBytes(UTF_8);
            var type = event.type().getBytes(UTF_8);
            var traceParent =
                    event.traceParent() == null ? NOTHING : event.traceParent().getBytes(UTF_8);
            var size = FIXED_BYTES + accountId.length + type.length + traceParent.length;
            columns = columns.capacity() < size ? ByteBuffer.allocate(size) : columns.clear();
            columns.putInt(event.shard())
                    .putLong(event.pos())
                    .putLong(event.seq())
                    .putLong(event.atMillis());
            put(columns, event.eventId());
            put(columns, event.causationId());
            put(columns, accountId);
            put(columns, type);
            put(columns, traceParent);
            columns.putInt(event.payload().length);
            sha.update(link);
            sha.update(columns.array(), 0, columns.position());
            sha.update(event.payload());
            digest(sha, link);
        }
        return link;
    }

    private static void digest(MessageDigest sha, byte[] into) {
        try {
            sha.digest(into, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 hash has " + HASH_BYTES + " bytes", e);
        }
    }

    private static void put(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static void put(ByteBuffer to, byte[] sized) {
        to.putInt(sized.length).put(sized);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
