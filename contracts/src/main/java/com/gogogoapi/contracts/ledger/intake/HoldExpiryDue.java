package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;

/**
 * The clock's word that a hold's life is over. The ledger decides: a hold that ended meanwhile stays as it ended.
 *
 * @param expiresAt the hold's own expiry, as its reservation stated it
 */
public record HoldExpiryDue(AccountId accountId, UUID requestId, Instant expiresAt) implements CreditIntake {}
