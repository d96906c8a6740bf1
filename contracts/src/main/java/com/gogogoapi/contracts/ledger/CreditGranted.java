package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantPriority;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit was added to the account.
 *
 * @param grantedBy who granted it
 * @param correction what it corrects and why, where its source is a correction; older events have none
 * @param priority as {@link GrantPriority}; absent where it is the usual one, as in older events
 * @param expiresAt from when on what is left of it is taken back by {@link CreditExpired}; absent where it never expires
 * @param reason why it was granted, where it was said
 * @param signature whose order it was; absent only before the shard's intake was authenticated
 * @param approvedBy the second operator who approved it; absent where it needed none
 */
public record CreditGranted(
        AccountId accountId,
        UUID requestId,
        Usd amountUsd,
        GrantSource source,
        String reference,
        String grantedBy,
        Instant decidedAt,
        Balance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Correction correction,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer priority,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvedBy)
        implements LedgerEvent {

    /** @throws IllegalArgumentException if there is no such priority */
    public CreditGranted {
        GrantPriority.check(priority);
    }

    /** Without a second operator. */
    public CreditGranted(
            AccountId accountId,
            UUID requestId,
            Usd amountUsd,
            GrantSource source,
            String reference,
            String grantedBy,
            Instant decidedAt,
            Balance balance,
            @Nullable Correction correction,
            @Nullable Integer priority,
            @Nullable Instant expiresAt,
            @Nullable String reason,
            @Nullable OrderSignature signature) {
        this(
                accountId,
                requestId,
                amountUsd,
                source,
                reference,
                grantedBy,
                decidedAt,
                balance,
                correction,
                priority,
                expiresAt,
                reason,
                signature,
                null);
    }

    /** The grant as it was asked for. */
    public static CreditGranted of(GrantRequested grant, Instant decidedAt, Balance balance) {
        return new CreditGranted(
                grant.accountId(),
                grant.requestId(),
                grant.amountUsd(),
                grant.source(),
                grant.reference(),
                grant.grantedBy(),
                decidedAt,
                balance,
                grant.correction(),
                grant.priority(),
                grant.expiresAt(),
                grant.reason(),
                grant.signature(),
                grant.approvedBy());
    }

    /**
     * Which grants are consumed before this one: those of a smaller priority, and of the same those that expire sooner or
     * are older.
     */
    public int consumptionPriority() {
        return priority == null ? GrantPriority.USUAL : priority;
    }
}
