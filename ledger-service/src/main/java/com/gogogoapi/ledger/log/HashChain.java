package com.gogogoapi.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * The chain over the exact stored bytes of a shard, one link a batch.
 *
 * <p>{@code next = SHA-256(head ‖ event ‖ event ‖ …)}; of an event every column in the order of {@link StoredEvent},
 * big-endian, and everything of variable length with its length (4 bytes) before it. A batch without events adds no
 * link.
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

    public static byte[] next(byte[] head, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return head;
        }
        var sha = sha256();
        sha.update(head);
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
            sha.update(columns.array(), 0, columns.position());
            sha.update(event.payload());
        }
        return sha.digest();
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
