package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hold, a grant, a revocation or a transfer was refused; the balance is unchanged. A refusal is an answer and sticks: the same request stays refused.
 *
 * @param requiredUsd the amount that was to be held, granted, taken back or transferred
 * @param attemptId who asked for it; null where nobody else could have
 * @param budget which budget is exceeded; given exactly where that is the reason
 */
public record CreditRefused(
        AccountId accountId,
        UUID requestId,
        RefusalReason reason,
        Usd requiredUsd,
        Instant decidedAt,
        Balance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID attemptId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BudgetExceeded budget)
        implements LedgerEvent {

    /** @throws IllegalArgumentException if a budget is named for another reason */
    public CreditRefused {
        if (budget != null && reason != RefusalReason.BUDGET_EXCEEDED) {
            throw new IllegalArgumentException("A budget must be named only where one is exceeded.");
        }
    }

    /** The hold was refused. */
    public static CreditRefused of(QuoteRequested quote, RefusalReason reason, Instant decidedAt, Balance balance) {
        return new CreditRefused(
                quote.accountId(),
                quote.requestId(),
                reason,
                quote.holdUsd(),
                decidedAt,
                balance,
                quote.attemptId(),
                null);
    }

    /** The hold was refused for a budget. */
    public static CreditRefused of(QuoteRequested quote, BudgetExceeded budget, Instant decidedAt, Balance balance) {
        return new CreditRefused(
                quote.accountId(),
                quote.requestId(),
                RefusalReason.BUDGET_EXCEEDED,
                quote.holdUsd(),
                decidedAt,
                balance,
                quote.attemptId(),
                budget);
    }

    /** The grant was refused. */
    public static CreditRefused of(GrantRequested grant, RefusalReason reason, Instant decidedAt, Balance balance) {
        return new CreditRefused(
                grant.accountId(), grant.requestId(), reason, grant.amountUsd(), decidedAt, balance, null, null);
    }

    /** The transfer was refused. */
    public static CreditRefused of(
            CreditTransferRequested transfer, RefusalReason reason, Instant decidedAt, Balance balance) {
        return new CreditRefused(
                transfer.accountId(),
                transfer.requestId(),
                reason,
                transfer.amountUsd(),
                decidedAt,
                balance,
                null,
                null);
    }

    /** The revocation was refused. */
    public static CreditRefused of(
            CreditRevocationRequested revocation, RefusalReason reason, Instant decidedAt, Balance balance) {
        return new CreditRefused(
                revocation.accountId(),
                revocation.requestId(),
                reason,
                revocation.amountUsd(),
                decidedAt,
                balance,
                null,
                null);
    }
}
