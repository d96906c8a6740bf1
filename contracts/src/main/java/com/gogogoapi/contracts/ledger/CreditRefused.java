package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hold, a grant or a revocation was refused; the balance is unchanged. A refusal is an answer and sticks: the same request stays refused.
 *
 * @param requiredUsd the amount that was to be held, granted or taken back
 * @param attemptId who asked for it; null where nobody else could have
 */
public record CreditRefused(
        AccountId accountId,
        UUID requestId,
        RefusalReason reason,
        Usd requiredUsd,
        Instant decidedAt,
        Balance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID attemptId)
        implements LedgerEvent {

    /** One that nobody else could have asked for. */
    public CreditRefused(
            AccountId accountId,
            UUID requestId,
            RefusalReason reason,
            Usd requiredUsd,
            Instant decidedAt,
            Balance balance) {
        this(accountId, requestId, reason, requiredUsd, decidedAt, balance, null);
    }
}
