package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.UUID;

/**
 * From here on the shard takes only records that are authenticated by the service that made them, and orders that are signed
 * by a trusted key. What its log has before this event was decided without.
 *
 * @param fromOffset of the record on {@code ledger-intake} that said so: those before it were accepted as they were
 */
public record IntakeAuthenticated(AccountId accountId, UUID requestId, long fromOffset, Instant decidedAt)
        implements InstallationEvent {}
