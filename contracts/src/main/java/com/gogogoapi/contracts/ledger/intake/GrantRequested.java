package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.money.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credit to be added to an account, once per reference.
 *
 * @param requestId {@link #requestIdOf} of account and reference, so that the same reference again changes nothing
 * @param reference the granting party's own name for this grant, at most {@link #MAX_REFERENCE_CHARS} characters
 * @param grantedBy who granted it
 * @param correction what it corrects and why; given exactly where the source is {@link GrantSource#CORRECTION}
 * @param priority as {@link GrantPriority}; absent where it is the usual one
 * @param expiresAt what is left of it then is taken back; absent where it never expires, as credit that was paid for never
 *     does
 * @param reason why it is granted; absent where its source says that, as in older records
 * @param signature whose order it is; absent in older records
 * @param approvedBy the second operator who approved it; absent where it needed none
 */
public record GrantRequested(
        AccountId accountId,
        UUID requestId,
        Usd amountUsd,
        GrantSource source,
        String reference,
        String grantedBy,
        Instant requestedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Correction correction,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer priority,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvedBy)
        implements CreditIntake {

    public static final int MAX_REFERENCE_CHARS = 200;

    /** How far ahead a grant can expire: ten years. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(3_653);

    /**
     * @throws IllegalArgumentException if the amount is not positive, a text empty or too long, the priority out of range, or
     *     the expiry not of an operator's grant, in the past or too far ahead
     */
    public GrantRequested {
        if (!amountUsd.isPositive()) {
            throw new IllegalArgumentException("The amount must be more than zero.");
        }
        GrantPriority.check(priority);
        if (reference.isBlank() || reference.length() > MAX_REFERENCE_CHARS) {
            throw new IllegalArgumentException("The reference must have 1 to " + MAX_REFERENCE_CHARS + " characters.");
        }
        if ((source == GrantSource.CORRECTION) != (correction != null)) {
            throw new IllegalArgumentException("A correction, and nothing else, must say what it corrects and why.");
        }
        if (expiresAt != null && source != GrantSource.OPERATOR_GRANT) {
            throw new IllegalArgumentException("A grant that expires must be an operator's.");
        }
        if (expiresAt != null
                && (!expiresAt.isAfter(requestedAt) || expiresAt.isAfter(requestedAt.plus(LONGEST_LIFE)))) {
            throw new IllegalArgumentException(
                    "The expiry must be later than the request, and within ten years of it.");
        }
        if (reason != null) {
            Correction.checkReason(reason);
        }
    }

    /** Without a second operator. */
    public GrantRequested(
            AccountId accountId,
            UUID requestId,
            Usd amountUsd,
            GrantSource source,
            String reference,
            String grantedBy,
            Instant requestedAt,
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
                requestedAt,
                correction,
                priority,
                expiresAt,
                reason,
                signature,
                null);
    }

    /** Credit that an operator gives; {@code reason} is null where nobody said why. */
    public static GrantRequested byOperator(
            AccountId accountId,
            Usd amount,
            GrantTerms terms,
            String reference,
            String grantedBy,
            @Nullable String reason,
            Instant requestedAt) {
        return new GrantRequested(
                accountId,
                requestIdOf(accountId, reference),
                amount,
                GrantSource.OPERATOR_GRANT,
                reference,
                grantedBy,
                requestedAt,
                null,
                terms.priority(),
                terms.expiresAt(),
                reason,
                null);
    }

    /** Credit that makes good what an earlier event got wrong: on the usual terms. */
    public static GrantRequested correcting(
            Correction correction,
            AccountId accountId,
            Usd amount,
            String reference,
            String correctedBy,
            Instant requestedAt) {
        return new GrantRequested(
                accountId,
                requestIdOf(accountId, reference),
                amount,
                GrantSource.CORRECTION,
                reference,
                correctedBy,
                requestedAt,
                correction,
                null,
                null,
                null,
                null);
    }

    /** What is to be signed. */
    public String text(Instant at) {
        return OrderText.of(this, at);
    }

    /** The same as somebody's order; null takes a signature away. */
    public GrantRequested signed(@Nullable OrderSignature by) {
        return new GrantRequested(
                accountId,
                requestId,
                amountUsd,
                source,
                reference,
                grantedBy,
                requestedAt,
                correction,
                priority,
                expiresAt,
                reason,
                by,
                approvedBy);
    }

    /** The same with a second operator's approval. */
    public GrantRequested approved(String secondOperator) {
        return new GrantRequested(
                accountId,
                requestId,
                amountUsd,
                source,
                reference,
                grantedBy,
                requestedAt,
                correction,
                priority,
                expiresAt,
                reason,
                signature,
                secondOperator);
    }

    /** The request id that every grant with this reference to this account has. */
    public static UUID requestIdOf(AccountId accountId, String reference) {
        return TimeOrderedIds.named("grant", accountId.value(), reference);
    }
}
