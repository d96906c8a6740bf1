package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;

/**
 * A grant's life is over and what was left of it was taken back, as far as it was free: what requests in flight hold, and
 * would consume of this grant, stays usable by them, and what remains of the grant when they have ended is taken back then, as
 * another part.
 *
 * @param requestId the grant's
 * @param part which part of the grant's expiry this is, from 1 to {@link #MAX_PARTS}
 * @param amountUsd what was taken from {@code available}, more than zero
 */
public record CreditExpired(
        AccountId accountId, UUID requestId, int part, Usd amountUsd, Instant decidedAt, Balance balance)
        implements LedgerEvent {

    /** In how many parts a grant can expire; the last one waits until all that remains is free. */
    public static final int MAX_PARTS = 12;

    /** @throws IllegalArgumentException if there is no such part or nothing was taken */
    public CreditExpired {
        if (part < 1 || part > MAX_PARTS) {
            throw new IllegalArgumentException("The part must be from 1 to " + MAX_PARTS + ".");
        }
        if (!amountUsd.isPositive()) {
            throw new IllegalArgumentException("The amount must be more than zero.");
        }
    }
}
