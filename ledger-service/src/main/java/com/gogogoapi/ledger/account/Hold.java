package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.ChargeBounds;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.ledger.account.budget.Counted;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open hold: what its settlement will need to know.
 *
 * @param bounds null for a hold of an earlier build: its charge has none
 * @param counted where it is counted; null for a hold of an earlier build: it counts nowhere
 */
public record Hold(
        UUID requestId,
        Usd heldUsd,
        String model,
        String priceVersion,
        TokenPrices prices,
        Instant expiresAt,
        @Nullable ChargeBounds bounds,
        @Nullable Counted counted) {

    static Hold of(CreditReserved reserved, @Nullable Counted counted) {
        return new Hold(
                reserved.requestId(),
                reserved.heldUsd(),
                reserved.model(),
                reserved.priceVersion(),
                reserved.prices(),
                reserved.expiresAt(),
                reserved.bounds(),
                counted);
    }
}
