package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hold was not decided, because with it a rate would be exceeded. An answer that is not in the log and does not stick: the
 * same request may be asked for again, and is decided then.
 *
 * @param rate which
 * @param measure what of it was exceeded
 * @param used how many of the minute's requests or tokens were taken
 * @param retryAt when this request will fit, if nothing else is held until then; null if it never will, being more than a
 *     whole minute's by itself
 * @param attemptId who asked; null where nobody else could have
 */
public record RateExceeded(
        AccountId accountId,
        UUID requestId,
        RateLimit rate,
        Measure measure,
        long used,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant retryAt,
        Instant decidedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID attemptId)
        implements LedgerAnswer {

    /** What a rate counts. */
    public enum Measure {
        REQUESTS,
        TOKENS
    }
}
