package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested.Action;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator let a parked account go on: what was parked is decided again, or its first record is skipped for good.
 *
 * @param requestId the order's
 * @param offset where the first parked record is on {@code ledger-intake}; below zero if that was a former intake
 * @param recordId that record's {@code ce_id}
 * @param recordType that record's {@code ce_type}
 * @param recordSha256 of its value, in hexadecimal: what was skipped can be shown, and shown to be it
 * @param why it was parked
 * @param signature the operator's; absent only before the shard's intake was authenticated
 */
public record ParkedAccountResumed(
        AccountId accountId,
        UUID requestId,
        Action action,
        long offset,
        UUID recordId,
        String recordType,
        String recordSha256,
        String why,
        String resumedBy,
        String reason,
        Instant decidedAt,
        Balance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature)
        implements LedgerEvent {

    /** A parked record. */
    public record Record(UUID id, String type, String sha256, String why) {}

    public static ParkedAccountResumed of(
            ParkedResumeRequested order, Record first, Instant decidedAt, Balance balance) {
        return new ParkedAccountResumed(
                order.accountId(),
                order.requestId(),
                order.action(),
                order.offset(),
                first.id(),
                first.type(),
                first.sha256(),
                first.why(),
                order.requestedBy(),
                order.reason(),
                decidedAt,
                balance,
                order.signature());
    }
}
