package com.gogogoapi.ledger.checkpoint;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger signs ({@code gogogoapi.ledger.signing.*}).
 *
 * @param key an Ed25519 key pair as {@code SigningKey} writes it; empty: no checkpoints and no receipts
 * @param checkpointInterval how often a checkpoint is made, while there is something new
 * @param checkpointFile a file that every checkpoint is appended to as well; empty for none
 * @param maxEventsPerShard the most events of one shard that one checkpoint covers, a bound on what a proof costs; only a
 *     larger batch goes beyond
 */
@ConfigurationProperties("gogogoapi.ledger.signing")
public record CheckpointProperties(
        @DefaultValue("") String key,
        @DefaultValue("60s") Duration checkpointInterval,
        @DefaultValue("") String checkpointFile,
        @DefaultValue("50000") int maxEventsPerShard) {

    public CheckpointProperties {
        if (checkpointInterval.isNegative() || checkpointInterval.isZero()) {
            throw new IllegalArgumentException("gogogoapi.ledger.signing.checkpoint-interval is not above zero");
        }
        if (maxEventsPerShard < 1 || maxEventsPerShard > 1_000_000) {
            throw new IllegalArgumentException(
                    "gogogoapi.ledger.signing.max-events-per-shard is not between 1 and 1,000,000");
        }
    }
}
