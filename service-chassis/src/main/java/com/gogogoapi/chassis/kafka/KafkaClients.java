package com.gogogoapi.chassis.kafka;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Kafka clients of spring-kafka's factories, as {@code spring.kafka.*} says, and with this installation's own settings
 * where it says nothing: durable writes, low latency, no automatic commits.
 *
 * <p>What is published goes through one producer of each kind; they end when this is closed, after all who publish.
 */
public final class KafkaClients implements AutoCloseable {

    /** How long a write is tried before its future fails, and the bound of every other wait for Kafka. */
    public static final int DELIVERY_TIMEOUT_MILLIS = 30_000;

    /** For what somebody waits for: waits for all replicas and lingers not at all. */
    static final Map<String, Object> PRODUCER = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.BATCH_SIZE_CONFIG, 65_536,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);

    private static final Map<String, Object> BULK = Map.of(
            ProducerConfig.LINGER_MS_CONFIG, 5,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
            ProducerConfig.BATCH_SIZE_CONFIG, 131_072);

    /**
     * A fetch is answered as soon as there is something; it waits long where there is nothing, since every answer costs both sides
     * work. A consumer whose partitions change while it waits hears of the new ones when it is over: those want less.
     */
    static final Map<String, Object> CONSUMER = Map.of(
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            2_000,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false);

    private final ProducerFactory<String, byte[]> producers;
    private final ProducerFactory<String, byte[]> bulkProducers;
    private final ConsumerFactory<String, byte[]> consumers;
    private final Map<String, Object> adminSettings;
    private final AtomicInteger consumersMade = new AtomicInteger();
    private final AtomicInteger bulkProducersMade = new AtomicInteger();

    KafkaClients(
            ProducerFactory<String, byte[]> producers,
            ConsumerFactory<String, byte[]> consumers,
            Map<String, Object> adminSettings) {
        this.producers = producers;
        this.consumers = consumers;
        this.adminSettings = adminSettings;
        var bulk = new HashMap<>(BULK);
        bulk.put(
                ProducerConfig.CLIENT_ID_CONFIG,
                producers.getConfigurationProperties().get(ProducerConfig.CLIENT_ID_CONFIG) + "-bulk");
        this.bulkProducers = producers.copyWithConfigurationOverride(bulk);
    }

    /**
     * Outside any service.
     *
     * @param connection where Kafka is and who is asking, in the words of Kafka's own clients
     */
    public static KafkaClients of(Map<String, Object> connection, String clientName) {
        var common = new HashMap<>(connection);
        common.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientName);
        return new KafkaClients(
                new DefaultKafkaProducerFactory<>(
                        with(common, PRODUCER), new StringSerializer(), new ByteArraySerializer()),
                new DefaultKafkaConsumerFactory<>(
                        with(common, CONSUMER), new StringDeserializer(), new ByteArrayDeserializer()),
                common);
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** For what somebody waits for. */
    public EventPublisher publisher(Clock clock, String source) {
        return EventPublisher.of(producers, clock, source);
    }

    /**
     * For a stream that nobody waits for: fewer and larger requests, some milliseconds later, one on its way at a time. A
     * new one, its caller's to close: nobody else's sends end with it.
     */
    public Producer<String, byte[]> newBulkProducer() {
        return new BulkProducer(
                bulkProducers.getConfigurationProperties(),
                bulkProducers.getListeners(),
                "bulk-" + bulkProducersMade.incrementAndGet());
    }

    /** A consumer of a group, its caller's to poll and close; {@code overrides} win over the settings common to all. */
    public Consumer<String, byte[]> newConsumer(String groupId, Map<String, Object> overrides) {
        return consumer(groupId, overrides);
    }

    /** A consumer that is told its partitions and belongs to no group, its caller's to poll and close. */
    public Consumer<String, byte[]> newUngroupedConsumer(Map<String, Object> overrides) {
        return consumer(null, overrides);
    }

    private Consumer<String, byte[]> consumer(@Nullable String groupId, Map<String, Object> overrides) {
        var settings = new Properties();
        overrides.forEach((name, value) -> settings.setProperty(name, value.toString()));
        return consumers.createConsumer(groupId, null, "-" + consumersMade.incrementAndGet(), settings);
    }

    ConsumerFactory<String, byte[]> consumers() {
        return consumers;
    }

    public Admin newAdmin() {
        return Admin.create(adminSettings);
    }

    @Override
    public void close() {
        producers.reset();
    }
}
