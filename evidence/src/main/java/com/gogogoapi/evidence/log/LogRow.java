package com.gogogoapi.evidence.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventType;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log with everything that is stored of it.
 *
 * @param pos its sequence number in its shard, from 1, without gaps
 * @param seq its number in its account's story, from 0, without gaps
 * @param causationId the {@code ce_id} of the intake record that it answers
 */
@SuppressWarnings("ArrayRecordComponent") // The payload is hashed where it is; nobody compares rows by equals.
public record LogRow(
        int shard,
        long pos,
        String accountId,
        long seq,
        UUID eventId,
        String type,
        byte[] payload,
        UUID causationId,
        @Nullable String traceParent,
        long atMillis) {

    private static final int FIXED_BYTES = 4 + 8 + 8 + 8 + 16 + 16;

    /** The event that the payload states.
     *
     * @throws MalformedEventException if the type is unknown or no ledger event
     * @throws tools.jackson.core.JacksonException if the payload states no such event
     */
    public LedgerEvent event() {
        var known = EventType.named(type)
                .orElseThrow(
                        () -> new MalformedEventException("The type must be one that is known, and is " + type + "."));
        if (EventJson.read(payload, known.eventClass()) instanceof LedgerEvent event) {
            return event;
        }
        throw new MalformedEventException("The type must be a ledger event's, and is " + type + ".");
    }

    /**
     * The bytes that are hashed: shard (4), pos (8), seq (8), time in milliseconds (8), event id (16), causation id (16),
     * all big-endian; then account, type, trace parent (empty for none) and payload, each with its length (4) before it.
     */
    public byte[] canonicalBytes() {
        var account = accountId.getBytes(UTF_8);
        var kind = type.getBytes(UTF_8);
        var trace = traceParent == null ? new byte[0] : traceParent.getBytes(UTF_8);
        var bytes =
                ByteBuffer.allocate(FIXED_BYTES + 16 + account.length + kind.length + trace.length + payload.length);
        bytes.putInt(shard).putLong(pos).putLong(seq).putLong(atMillis);
        bytes.putLong(eventId.getMostSignificantBits()).putLong(eventId.getLeastSignificantBits());
        bytes.putLong(causationId.getMostSignificantBits()).putLong(causationId.getLeastSignificantBits());
        for (var part : new byte[][] {account, kind, trace, payload}) {
            bytes.putInt(part.length).put(part);
        }
        return bytes.array();
    }
}
