package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.time.Instant;
import java.util.UUID;

/** The ledger's own word that this topic took the place of another, as its configuration says. Once for each shard. */
public record IntakeReplacementRequested(
        AccountId accountId, String topicId, String acceptedBy, String reason, Instant requestedAt)
        implements InstallationIntake {

    public static IntakeReplacementRequested of(
            int shard, String topicId, String acceptedBy, String reason, Instant requestedAt) {
        return new IntakeReplacementRequested(InstallationAccount.of(shard), topicId, acceptedBy, reason, requestedAt);
    }

    @Override
    public UUID requestId() {
        return TimeOrderedIds.named("intake-replacement", accountId.value(), topicId);
    }
}
