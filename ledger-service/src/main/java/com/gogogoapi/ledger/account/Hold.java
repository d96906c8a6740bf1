package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.ChargeBounds;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open hold: what its settlement will need to know.
 *
 * @param bounds null for a hold of an earlier build: its charge has none
 */
public record Hold(
        UUID requestId,
        Usd heldUsd,
        String model,
        String priceVersion,
        TokenPrices prices,
        Instant expiresAt,
        @Nullable ChargeBounds bounds) {

    static Hold of(CreditReserved reserved) {
        return new Hold(
                reserved.requestId(),
                reserved.heldUsd(),
                reserved.model(),
                reserved.priceVersion(),
                reserved.prices(),
                reserved.expiresAt(),
                reserved.bounds());
    }
}
