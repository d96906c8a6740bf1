package com.gogogoapi.ledger.log;

import com.gogogoapi.contracts.wire.IntakeSecret;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of the intake as it came.
 *
 * @param offset its place in the shard's intake
 * @param accountId its key
 * @param type its {@code ce_type}
 * @param payload its value, byte for byte
 * @param causationId its {@code ce_id}
 * @param replyPartition where on {@code credit-decisions} the answer is awaited, if anybody waits
 * @param atMillis the broker's time of it, in milliseconds since 1970 UTC
 * @param seal by which it says who made it; null where it does not say, and of a parked record
 */
@SuppressWarnings("ArrayRecordComponent") // Read and stored, never compared.
public record IntakeRecord(
        int shard,
        long offset,
        String accountId,
        String type,
        byte[] payload,
        UUID causationId,
        @Nullable String traceParent,
        @Nullable Integer replyPartition,
        long atMillis,
        IntakeSecret.@Nullable Seal seal) {}
