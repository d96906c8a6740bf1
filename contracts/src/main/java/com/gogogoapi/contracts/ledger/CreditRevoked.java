package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit was taken back, to make good what an earlier event got wrong.
 *
 * @param amountUsd what was taken from {@code available}, more than zero
 * @param revokedBy who took it back
 * @param correction what it corrects and why
 * @param consumed which grants lost it ({@code burned} in JSON): what is left of the corrected grant first, if a grant is
 *     corrected, then those whose turn it was
 * @param signature whose order it was; absent only before the shard's intake was authenticated
 * @param approvedBy the second operator who approved it; absent where it needed none
 */
public record CreditRevoked(
        AccountId accountId,
        UUID requestId,
        Usd amountUsd,
        String reference,
        String revokedBy,
        Correction correction,
        Instant decidedAt,
        Balance balance,
        @JsonProperty("burned") List<GrantConsumed> consumed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvedBy)
        implements LedgerEvent {

    public CreditRevoked {
        consumed = List.copyOf(consumed);
    }

    /** Without a second operator. */
    public CreditRevoked(
            AccountId accountId,
            UUID requestId,
            Usd amountUsd,
            String reference,
            String revokedBy,
            Correction correction,
            Instant decidedAt,
            Balance balance,
            List<GrantConsumed> consumed,
            @Nullable OrderSignature signature) {
        this(
                accountId,
                requestId,
                amountUsd,
                reference,
                revokedBy,
                correction,
                decidedAt,
                balance,
                consumed,
                signature,
                null);
    }

    /** All of what was asked for. */
    public static CreditRevoked of(
            CreditRevocationRequested revocation, Instant decidedAt, Balance balance, List<GrantConsumed> consumed) {
        return new CreditRevoked(
                revocation.accountId(),
                revocation.requestId(),
                revocation.amountUsd(),
                revocation.reference(),
                revocation.revokedBy(),
                revocation.correction(),
                decidedAt,
                balance,
                consumed,
                revocation.signature(),
                revocation.approvedBy());
    }
}
