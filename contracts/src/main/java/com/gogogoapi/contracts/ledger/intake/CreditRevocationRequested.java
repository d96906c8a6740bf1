package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit to be taken back from an account, once per reference: a correction downwards. All of it or nothing.
 *
 * @param requestId {@link #requestIdOf} of account and reference, so that the same reference again changes nothing
 * @param reference the correcting party's own name for this, at most {@link GrantRequested#MAX_REFERENCE_CHARS} characters
 * @param revokedBy who takes it back
 * @param correction what it corrects and why
 * @param signature whose order it is; absent in older records
 * @param approvedBy the second operator who approved it; absent where it needed none
 */
public record CreditRevocationRequested(
        AccountId accountId,
        UUID requestId,
        Usd amountUsd,
        String reference,
        String revokedBy,
        Instant requestedAt,
        Correction correction,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvedBy)
        implements CreditIntake {

    /** @throws IllegalArgumentException if the amount is not positive or the reference empty or too long */
    public CreditRevocationRequested {
        if (!amountUsd.isPositive()) {
            throw new IllegalArgumentException("The amount must be more than zero.");
        }
        if (reference.isBlank() || reference.length() > GrantRequested.MAX_REFERENCE_CHARS) {
            throw new IllegalArgumentException(
                    "The reference must have 1 to " + GrantRequested.MAX_REFERENCE_CHARS + " characters.");
        }
    }

    /** What makes good what an earlier event got wrong. */
    public static CreditRevocationRequested correcting(
            Correction correction,
            AccountId accountId,
            Usd amount,
            String reference,
            String correctedBy,
            Instant requestedAt) {
        return new CreditRevocationRequested(
                accountId,
                requestIdOf(accountId, reference),
                amount,
                reference,
                correctedBy,
                requestedAt,
                correction,
                null,
                null);
    }

    /** What is to be signed. */
    public String text(Instant at) {
        return OrderText.of(this, at);
    }

    /** The same as somebody's order; null takes a signature away. */
    public CreditRevocationRequested signed(@Nullable OrderSignature by) {
        return new CreditRevocationRequested(
                accountId, requestId, amountUsd, reference, revokedBy, requestedAt, correction, by, approvedBy);
    }

    /** The same with a second operator's approval. */
    public CreditRevocationRequested approved(String secondOperator) {
        return new CreditRevocationRequested(
                accountId,
                requestId,
                amountUsd,
                reference,
                revokedBy,
                requestedAt,
                correction,
                signature,
                secondOperator);
    }

    /** A grant's of the same reference: whether it gives or takes, under one reference an account gets one answer. */
    public static UUID requestIdOf(AccountId accountId, String reference) {
        return GrantRequested.requestIdOf(accountId, reference);
    }
}
