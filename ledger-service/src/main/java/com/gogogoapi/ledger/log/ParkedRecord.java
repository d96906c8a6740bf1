package com.gogogoapi.ledger.log;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An intake record set aside because it, or one of its account before it, could not be decided.
 *
 * @param offset its place in the shard's intake
 * @param type its {@code ce_type}
 * @param payload its JSON, of those fields that this build knows
 * @param atMillis the broker's time of it
 * @param why what was wrong with it, or that it waits behind another; for an operator's eyes
 */
@SuppressWarnings("ArrayRecordComponent") // Stored and decided again, never compared.
public record ParkedRecord(
        int shard,
        long offset,
        String accountId,
        String type,
        byte[] payload,
        UUID causationId,
        @Nullable String traceParent,
        @Nullable Integer replyPartition,
        long atMillis,
        String why) {

    /** Why a record is parked that has nothing wrong in itself. */
    public static final String WAITS = "waits behind an earlier record";
}
