package com.gogogoapi.funding.credit;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the ledger is asked for a deposit. */
final class DepositGrant {

    private DepositGrant() {}

    static GrantRequested of(AccountId account, String reference, Usd amount, Instant at, String reason) {
        return new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, reference),
                amount,
                GrantSource.STABLECOIN_DEPOSIT,
                reference,
                "funding-service",
                at.truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                null,
                reason,
                null);
    }
}
