package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.UUID;

/** A hold ended without a charge: all of it went back to available. */
public record CreditReleased(
        AccountId accountId, UUID requestId, Outcome outcome, Usd releasedUsd, Instant decidedAt, Balance balance)
        implements LedgerEvent {}
