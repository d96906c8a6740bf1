package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.IntakeReplacementRequested;
import java.time.Instant;
import java.util.UUID;

/**
 * The shard is read from another topic than until now, from its beginning, as the ledger's own configuration says: what the
 * former one had and was not decided is lost.
 *
 * @param topicId the id that Kafka gave the new one
 */
public record IntakeReplaced(
        AccountId accountId, UUID requestId, String topicId, String acceptedBy, String reason, Instant decidedAt)
        implements InstallationEvent {

    public static IntakeReplaced of(IntakeReplacementRequested asked, Instant decidedAt) {
        return new IntakeReplaced(
                asked.accountId(), asked.requestId(), asked.topicId(), asked.acceptedBy(), asked.reason(), decidedAt);
    }
}
