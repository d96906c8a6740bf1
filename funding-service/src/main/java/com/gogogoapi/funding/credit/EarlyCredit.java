package com.gogogoapi.funding.credit;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.deposits.Deposit;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment that is credited before it is final. @param deposit that it became; null until that is final */
record EarlyCredit(
        UUID payment,
        AccountId account,
        AuthorizedTransfer transfer,
        String reference,
        Usd amountUsd,
        String reason,
        Instant requestedAt,
        @Nullable Instant askedAt,
        @Nullable Instant creditedAt,
        @Nullable UUID deposit) {

    boolean isCredited() {
        return creditedAt != null;
    }

    boolean isOf(Deposit other) {
        return other.id().equals(deposit);
    }
}
