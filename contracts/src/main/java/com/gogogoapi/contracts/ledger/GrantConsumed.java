package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.money.Usd;
import java.util.UUID;

/**
 * What a charge or a revocation took from one grant.
 *
 * @param grantId the grant's request id
 */
public record GrantConsumed(UUID grantId, Usd amountUsd) {

    /** @throws IllegalArgumentException if nothing was taken */
    public GrantConsumed {
        if (!amountUsd.isPositive()) {
            throw new IllegalArgumentException("The amount must be more than zero.");
        }
    }
}
