package com.gogogoapi.ledger.intake;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeReplacementRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.signing.VerifyingKey;
import com.gogogoapi.ledger.LedgerProperties;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a shard's log lacks of what this ledger's configuration says, sent to the shard's intake before anything is read:
 *
 * <pre>
 * in the intake   … what was there …  keys trusted   from here on authenticated   … what comes then …
 * </pre>
 *
 * So it is decided where it stands in the intake, once and for good, and a database restored from a backup decides it there
 * again. The keys come first: an order behind the mark finds the key known that signed it. Several instances may send the
 * same; the second changes nothing.
 */
final class Founding {

    private static final Logger log = LoggerFactory.getLogger(Founding.class);

    private static final String BY = "the ledger's configuration";

    private final LedgerProperties properties;
    private final LedgerLog ledgerLog;
    private final EventPublisher publisher;
    private final Clock clock;

    Founding(LedgerProperties properties, LedgerLog ledgerLog, EventPublisher publisher, Clock clock) {
        this.properties = properties;
        this.ledgerLog = ledgerLog;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** @throws IllegalStateException if the log cannot be read, or Kafka does not take it */
    void send(InstalledTopics topics) {
        var sends = new ArrayList<CompletableFuture<?>>();
        try {
            for (var shard = 0; shard < topics.shards(); shard++) {
                for (var missing : missing(shard, topics.idOf(Topics.LEDGER_INTAKE))) {
                    log.info("shard {} is told: {}", shard, missing);
                    sends.add(publisher.toShard(shard, missing));
                }
            }
            CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new))
                    .get(KafkaClients.DELIVERY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (SQLException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The intake must take what this ledger's configuration says.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Starting was interrupted.", e);
        }
    }

    private List<InstallationIntake> missing(int shard, String topicId) throws SQLException {
        var trust = ShardTrust.of(ledgerLog, shard);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var missing = new ArrayList<InstallationIntake>();
        var replacement = properties.newIntake();
        if (replacement != null && replacement.topicId().equals(topicId)) {
            var asked =
                    IntakeReplacementRequested.of(shard, topicId, replacement.acceptedBy(), replacement.reason(), now);
            if (!trust.topics().contains(asked.requestId())) {
                missing.add(asked);
            }
        }
        properties.orderKeys().forEach((name, key) -> {
            if (!trust.keys().containsKey(VerifyingKey.parse(key.publicKey()).id())) {
                missing.add(trusted(shard, name, key, now));
            }
        });
        if (!trust.authenticated()) {
            missing.add(IntakeAuthenticationRequested.of(shard, now));
        }
        return missing;
    }

    private static SigningKeyTrustRequested trusted(int shard, String name, LedgerProperties.OrderKey key, Instant at) {
        return new SigningKeyTrustRequested(
                InstallationAccount.of(shard),
                name,
                key.publicKey(),
                key.roles(),
                BY,
                "gogogoapi.ledger.order-keys." + name,
                at,
                null);
    }
}
