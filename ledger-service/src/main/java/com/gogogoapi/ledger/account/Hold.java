package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.Instant;
import java.util.UUID;

/** An open hold: what its settlement will need to know. */
public record Hold(
        UUID requestId, Usd heldUsd, String model, String priceVersion, TokenPrices prices, Instant expiresAt) {

    static Hold of(CreditReserved reserved) {
        return new Hold(
                reserved.requestId(),
                reserved.heldUsd(),
                reserved.model(),
                reserved.priceVersion(),
                reserved.prices(),
                reserved.expiresAt());
    }
}
