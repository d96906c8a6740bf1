package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;

/**
 * The clock's word that a grant's life is over. The ledger decides what of it is left and free to be taken back.
 *
 * @param requestId the grant's
 * @param expiresAt the grant's own expiry, as its event stated it
 */
public record GrantExpiryDue(AccountId accountId, UUID requestId, Instant expiresAt) implements CreditIntake {}
