package com.gogogoapi.chassis.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Kafka clients with this installation's settings: durable writes, low latency, no automatic commits. */
public final class KafkaClients {

    /** How long a write is tried before its future fails, and the bound of every other wait for Kafka. */
    public static final int DELIVERY_TIMEOUT_MILLIS = 30_000;

    private final String bootstrapServers;
    private final String clientName;

    public KafkaClients(String bootstrapServers, String clientName) {
        this.bootstrapServers = bootstrapServers;
        this.clientName = clientName;
    }

    /** An idempotent producer that waits for all replicas and lingers not at all: for what somebody waits for. */
    public Producer<String, byte[]> newProducer() {
        return producer(clientName, Map.of());
    }

    /** The same for a stream that nobody waits for: fewer and larger requests, some milliseconds later. */
    public Producer<String, byte[]> newBulkProducer() {
        return producer(
                clientName + "-bulk",
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG, 5,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
                        ProducerConfig.BATCH_SIZE_CONFIG, 131_072));
    }

    private Producer<String, byte[]> producer(String clientId, Map<String, Object> overrides) {
        var settings = common();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 65_536);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.putAll(overrides);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** A consumer of a group; {@code overrides} win over the settings common to all. */
    public Consumer<String, byte[]> newConsumer(String groupId, Map<String, Object> overrides) {
        var settings = common();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        return consumer(settings, overrides);
    }

    /** A consumer that is told its partitions and belongs to no group. */
    public Consumer<String, byte[]> newUngroupedConsumer(Map<String, Object> overrides) {
        return consumer(common(), overrides);
    }

    private Consumer<String, byte[]> consumer(Map<String, Object> settings, Map<String, Object> overrides) {
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.putAll(overrides);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public Admin newAdmin() {
        return Admin.create(common());
    }

    private Map<String, Object> common() {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }
}
