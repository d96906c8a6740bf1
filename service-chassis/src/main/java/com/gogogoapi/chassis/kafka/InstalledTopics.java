package com.gogogoapi.chassis.kafka;

import com.gogogoapi.chassis.installation.InstallationProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The installation's topics, made where they are missing and held against what is required where they are there.
 * Whichever service starts first makes them; all others find them.
 */
public final class InstalledTopics {

    private static final int ASK_AGAIN_MILLIS = 100;

    private final int shards;
    private final String clusterId;
    private final Map<String, String> ids;

    private InstalledTopics(int shards, String clusterId, Map<String, String> ids) {
        this.shards = shards;
        this.clusterId = clusterId;
        this.ids = Map.copyOf(ids);
    }

    /** @throws IllegalStateException if Kafka cannot be reached, or has a topic that is not as required */
    public static InstalledTopics ensure(KafkaClients clients, InstallationProperties installation) {
        var required = RequiredTopic.all(installation.shards(), installation.replicationFactor());
        try (var admin = clients.newAdmin()) {
            create(admin, required);
            var wrong = new ArrayList<String>();
            var ids = new HashMap<String, String>();
            for (var topic : required) {
                wrong.addAll(wrongOf(admin, topic, ids));
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(
                        "Kafka's topics are not as they must be:\n  " + String.join("\n  ", wrong));
            }
            var clusterId = within(admin.describeCluster().clusterId());
            return new InstalledTopics(installation.shards(), clusterId, ids);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not make or describe the topics.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka.", e);
        }
    }

    private static void create(Admin admin, List<RequiredTopic> required)
            throws ExecutionException, TimeoutException, InterruptedException {
        var creations = admin.createTopics(
                required.stream().map(RequiredTopic::toBeMade).toList());
        for (var creation : creations.values().values()) {
            try {
                within(creation);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static List<String> wrongOf(Admin admin, RequiredTopic topic, Map<String, String> ids)
            throws ExecutionException, TimeoutException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KafkaClients.DELIVERY_TIMEOUT_MILLIS);
        while (true) {
            try {
                var described =
                        within(admin.describeTopics(List.of(topic.name())).allTopicNames());
                var settings = within(admin.describeConfigs(List.of(resource)).all());
                var found = described.values().iterator().next();
                ids.put(topic.name(), found.topicId().toString());
                return TopicCheck.of(topic, found, settings.values().iterator().next());
            } catch (ExecutionException e) {
                // A topic that was just made is not known to every broker at once.
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
            }
        }
    }

    private static <T> T within(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(KafkaClients.DELIVERY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Partitions of {@code ledger-intake}, {@code ledger-events} and {@code credit-decisions}. */
    public int shards() {
        return shards;
    }

    /** By which Kafka tells itself from every other one. */
    public String clusterId() {
        return clusterId;
    }

    /** By which a topic is told from one that was made anew under its name. */
    public String idOf(String topic) {
        return Objects.requireNonNull(ids.get(topic));
    }
}
