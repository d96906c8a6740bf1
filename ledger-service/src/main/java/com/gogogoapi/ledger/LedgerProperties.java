package com.gogogoapi.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this ledger works ({@code gogogoapi.ledger.*}).
 *
 * @param holdDuration how long a hold waits for its completion; longer than the longest request may run
 * @param maxOpenHoldsPerAccount a guard on what one account can keep in memory
 * @param workers threads that decide; more than shards or cores are of no use
 * @param maxBatchRecords the most intake records decided and committed at once by one worker
 * @param maxCachedAccountsPerWorker accounts kept at hand; of about 2 kB each, up to 60 kB for busy ones
 * @param newIntake an operator's word that another topic is read than until now; null for none
 */
@ConfigurationProperties("gogogoapi.ledger")
public record LedgerProperties(
        @DefaultValue("15m") Duration holdDuration,
        @DefaultValue("10000") int maxOpenHoldsPerAccount,
        @DefaultValue("2") int workers,
        @DefaultValue("1000") int maxBatchRecords,
        @DefaultValue("20000") int maxCachedAccountsPerWorker,
        @Nullable NewIntake newIntake) {

    /**
     * A topic that takes the place of the one that was read until now, from its beginning.
     *
     * @param topicId the id that Kafka gave it
     * @param acceptedBy who says that what the former one had and was not decided may be lost
     * @param reason why
     */
    public record NewIntake(String topicId, String acceptedBy, String reason) {

        public NewIntake {
            if (topicId == null || acceptedBy == null || reason == null || acceptedBy.isBlank() || reason.isBlank()) {
                throw new IllegalArgumentException(
                        "gogogoapi.ledger.new-intake must have a topic-id, an accepted-by and a reason.");
            }
        }
    }

    public LedgerProperties {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("gogogoapi.ledger.workers must be from 1 to 64.");
        }
        if (maxBatchRecords < 1 || maxBatchRecords > 10_000) {
            throw new IllegalArgumentException("gogogoapi.ledger.max-batch-records must be from 1 to 10,000.");
        }
        if (maxCachedAccountsPerWorker < 1) {
            throw new IllegalArgumentException("gogogoapi.ledger.max-cached-accounts-per-worker must be 1 or more.");
        }
    }
}
