package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One end of a transfer of credit between two accounts, which are in shards of their own: first the giving account's, and only
 * once that is decided the getting account's. Both ends name each other.
 *
 * @param accountId whose end it is
 * @param requestId {@link #requestIdOf} of transfer and side, so that either end asked again changes nothing
 * @param transferId {@link #transferIdOf} of the giving account and the reference; the same at both ends
 * @param counterpart the other end's account
 * @param counterpartRequestId the other end's request
 * @param reference the operator's own name for it, at most {@link GrantRequested#MAX_REFERENCE_CHARS} characters
 * @param orderedBy who ordered it
 * @param reason why
 * @param signature whose order it is
 * @param approvedBy the second operator who approved it; absent where it needed none
 */
public record CreditTransferRequested(
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
        Instant requestedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvedBy)
        implements CreditIntake {

    /** @throws IllegalArgumentException if the amount is not positive, a text empty or too long, or both ends are one account */
    public CreditTransferRequested {
        if (!amountUsd.isPositive()) {
            throw new IllegalArgumentException("The amount must be more than zero.");
        }
        if (accountId.equals(counterpart)) {
            throw new IllegalArgumentException("A transfer must be between two accounts.");
        }
        if (reference.isBlank() || reference.length() > GrantRequested.MAX_REFERENCE_CHARS) {
            throw new IllegalArgumentException(
                    "The reference must have 1 to " + GrantRequested.MAX_REFERENCE_CHARS + " characters.");
        }
        Correction.checkReason(reason);
    }

    /** The giving account's end. */
    public static CreditTransferRequested from(
            AccountId from,
            AccountId to,
            Usd amount,
            String reference,
            String orderedBy,
            String reason,
            Instant requestedAt) {
        var transfer = transferIdOf(from, reference);
        return new CreditTransferRequested(
                from,
                requestIdOf(transfer, TransferSide.OUT),
                transfer,
                TransferSide.OUT,
                to,
                requestIdOf(transfer, TransferSide.IN),
                amount,
                reference,
                orderedBy,
                reason,
                requestedAt,
                null,
                null);
    }

    /** The other end of the same transfer, unsigned. */
    public CreditTransferRequested otherEnd() {
        return new CreditTransferRequested(
                counterpart,
                counterpartRequestId,
                transferId,
                side.other(),
                accountId,
                requestId,
                amountUsd,
                reference,
                orderedBy,
                reason,
                requestedAt,
                null,
                approvedBy);
    }

    /** What is to be signed. */
    public String text(Instant at) {
        return OrderText.of(this, at);
    }

    /** The same as somebody's order; null takes a signature away. */
    public CreditTransferRequested signed(@Nullable OrderSignature by) {
        return with(by, approvedBy);
    }

    /** The same with a second operator's approval. */
    public CreditTransferRequested approved(String secondOperator) {
        return with(signature, secondOperator);
    }

    private CreditTransferRequested with(@Nullable OrderSignature newSignature, @Nullable String newApprovedBy) {
        return new CreditTransferRequested(
                accountId,
                requestId,
                transferId,
                side,
                counterpart,
                counterpartRequestId,
                amountUsd,
                reference,
                orderedBy,
                reason,
                requestedAt,
                newSignature,
                newApprovedBy);
    }

    /** The id that every transfer from this account with this reference has. */
    public static UUID transferIdOf(AccountId from, String reference) {
        return TimeOrderedIds.named("transfer", from.value(), reference);
    }

    /** The request id of one of its ends. */
    public static UUID requestIdOf(UUID transferId, TransferSide side) {
        return TimeOrderedIds.named("transfer-" + side.name(), transferId.toString(), "");
    }
}
