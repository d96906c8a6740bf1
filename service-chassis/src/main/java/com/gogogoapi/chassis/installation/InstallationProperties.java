package com.gogogoapi.chassis.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.identity.ServiceTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all services of one installation are told alike ({@code gogogoapi.*}), beside where Kafka is and who they are to it:
 * {@code gogogoapi.kafka-bootstrap-servers}, {@code gogogoapi.kafka-username} and {@code gogogoapi.kafka-password}, which
 * are names for settings of {@code spring.kafka.*}.
 *
 * <p>Those that ask something of the ledger have {@code gogogoapi.intake-secret} besides, each its own, by which the ledger
 * knows their records.
 *
 * @param internalSecret signs the services' tokens for each other, at least 32 bytes
 * @param shards partitions of {@code ledger-intake}; fixed when the installation is created
 * @param replicationFactor copies that Kafka keeps of each topic; fewer only where there are fewer brokers
 * @param instanceId names this instance to Kafka across restarts, so that a restarted one gets its partitions back at
 *     once instead of waiting for its former self to time out; unset where instances have no lasting name
 */
@ConfigurationProperties("gogogoapi")
public record InstallationProperties(
        String internalSecret,
        @DefaultValue("16") int shards,
        @DefaultValue("3") short replicationFactor,
        @Nullable String instanceId) {

    /** The most shards an installation can have: a bound on what one start creates. */
    public static final int MAX_SHARDS = 1024;

    public InstallationProperties {
        if (internalSecret.getBytes(UTF_8).length < ServiceTokens.MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "gogogoapi.internal-secret must have at least " + ServiceTokens.MIN_SECRET_BYTES + " bytes.");
        }
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new IllegalArgumentException("gogogoapi.shards must be from 1 to " + MAX_SHARDS + ".");
        }
    }
}
