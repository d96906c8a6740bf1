package com.gogogoapi.ledger.log;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the log, with the exact bytes that are stored, hashed and published.
 *
 * @param pos its position in its shard, from 1, without gaps
 * @param seq its position in its account's story, from 0, without gaps
 * @param type its {@code ce_type}
 * @param causationId the {@code ce_id} of the intake record that it answers
 * @param atMillis when it was decided, in milliseconds since 1970 UTC
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Rows are never compared; copying every payload would cost what hashing costs.
public record StoredEvent(
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

    static final String SOURCE = "/ledger-service";

    /** @throws MalformedEventException if this build does not know the row's type */
    public LedgerEvent event() {
        var known = EventType.named(type)
                .orElseThrow(() -> new MalformedEventException(
                        "Every event in the log must be of a type that this version knows; " + type + " is none."));
        if (EventJson.read(payload, known.eventClass()) instanceof LedgerEvent event) {
            return event;
        }
        throw new MalformedEventException("Every event in the log must be the ledger's own; " + type + " is not.");
    }

    /** What travels beside it when it is published. */
    public EventMetadata metadata() {
        return new EventMetadata(eventId, SOURCE, Instant.ofEpochMilli(atMillis), causationId, pos, null, traceParent);
    }
}
