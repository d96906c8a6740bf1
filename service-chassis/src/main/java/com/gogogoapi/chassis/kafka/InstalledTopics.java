package com.gogogoapi.chassis.kafka;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.contracts.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The installation's topics, made where they are missing and counted where they are there. Whichever service starts
 * first makes them; all others find them.
 */
public final class InstalledTopics {

    private static final String TIME_OF_APPEND = "LogAppendTime";
    private static final String FOR_EVER = "-1";
    private static final String SEVEN_DAYS_MILLIS = "604800000";
    private static final String ONE_HOUR_MILLIS = "3600000";

    private static final int ASK_AGAIN_MILLIS = 100;

    private final int shards;

    private InstalledTopics(int shards) {
        this.shards = shards;
    }

    /** @throws IllegalStateException if Kafka cannot be reached, or has another number of shards than configured */
    public static InstalledTopics ensure(KafkaClients clients, InstallationProperties installation) {
        var shards = installation.shards();
        var replicas = installation.replicationFactor();
        var wanted = List.of(
                // The broker's clock is the ledger's: a decision's time is its record's, so a replay reads no clock.
                new NewTopic(Topics.LEDGER_INTAKE, shards, replicas)
                        .configs(Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TIME_OF_APPEND,
                                TopicConfig.RETENTION_MS_CONFIG, SEVEN_DAYS_MILLIS)),
                new NewTopic(Topics.LEDGER_EVENTS, shards, replicas)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER)),
                new NewTopic(Topics.LEDGER_CHECKPOINTS, 1, replicas)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER)),
                new NewTopic(Topics.CREDIT_DECISIONS, shards, replicas)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, ONE_HOUR_MILLIS)),
                new NewTopic(Topics.ROUTE_PRICES, 1, replicas)
                        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
                new NewTopic(Topics.DEAD_LETTERS, 1, replicas)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER)));
        try (var admin = clients.newAdmin()) {
            for (var creation : admin.createTopics(wanted).values().values()) {
                try {
                    creation.get(KafkaClients.DELIVERY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            var found = partitionsOf(admin, Topics.LEDGER_INTAKE);
            if (found != shards) {
                throw new IllegalStateException("gogogoapi.shards must be " + found + ", the number of partitions of "
                        + Topics.LEDGER_INTAKE + ", not " + shards
                        + ": it is fixed when an installation is created.");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not make or describe the topics.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka.", e);
        }
        return new InstalledTopics(shards);
    }

    /** A topic that was just made is not known to every broker at once: asked again until it is. */
    private static int partitionsOf(Admin admin, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KafkaClients.DELIVERY_TIMEOUT_MILLIS);
        while (true) {
            try {
                var described = admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get(KafkaClients.DELIVERY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .get(topic);
                return described == null ? 0 : described.partitions().size();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
            }
        }
    }

    /** Partitions of {@code ledger-intake}, {@code ledger-events} and {@code credit-decisions}. */
    public int shards() {
        return shards;
    }
}
