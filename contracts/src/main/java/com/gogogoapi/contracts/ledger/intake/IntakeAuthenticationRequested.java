package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.time.Instant;
import java.util.UUID;

/** The ledger's own word that from this record on a shard takes only what is authenticated and signed. Once for each shard. */
public record IntakeAuthenticationRequested(AccountId accountId, Instant requestedAt) implements InstallationIntake {

    public static IntakeAuthenticationRequested of(int shard, Instant requestedAt) {
        return new IntakeAuthenticationRequested(InstallationAccount.of(shard), requestedAt);
    }

    @Override
    public UUID requestId() {
        return TimeOrderedIds.named("intake-authentication", accountId.value());
    }
}
