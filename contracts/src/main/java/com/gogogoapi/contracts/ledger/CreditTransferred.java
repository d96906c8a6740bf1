package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One end of a transfer of credit was decided: it left an account, or it arrived at another. Only credit that never expires is
 * transferred, and it arrives as such. In the balance what left counts as taken back, and what arrived as granted.
 *
 * @param transferId the same at both ends
 * @param counterpart the other end's account
 * @param counterpartRequestId the other end's request, whose event is the other end
 * @param consumed which grants it left ({@code burned} in JSON); absent where it arrived
 * @param signature whose order it was
 * @param approvedBy the second operator who approved it; absent where it needed none
 */
public record CreditTransferred(
        AccountId accountId,
        UUID requestId,
        UUID transferId,
        TransferSide side,
        AccountId counterpart,
        UUID counterpartRequestId,
        Usd amountUsd,
        String reference,
        String orderedBy,
        String reason,
        Instant decidedAt,
        Balance balance,

        @JsonProperty("burned") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        List<GrantConsumed> consumed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvedBy)
        implements LedgerEvent {

    public CreditTransferred {
        consumed = consumed == null ? null : List.copyOf(consumed);
    }

    /** As it was asked for. */
    public static CreditTransferred of(
            CreditTransferRequested transfer,
            Instant decidedAt,
            Balance balance,
            @Nullable List<GrantConsumed> consumed) {
        return new CreditTransferred(
                transfer.accountId(),
                transfer.requestId(),
                transfer.transferId(),
                transfer.side(),
                transfer.counterpart(),
                transfer.counterpartRequestId(),
                transfer.amountUsd(),
                transfer.reference(),
                transfer.orderedBy(),
                transfer.reason(),
                decidedAt,
                balance,
                consumed,
                transfer.signature(),
                transfer.approvedBy());
    }
}
