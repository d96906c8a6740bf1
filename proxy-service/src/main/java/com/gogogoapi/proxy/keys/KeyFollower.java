package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConsumerAwareMessageListener;
import org.springframework.stereotype.Component;

/**
 * Reads the topic {@code api-keys} from its beginning, then follows it. Ready once it has been read to what was its end at
 * the start; from then on what it knows is served, whatever is away.
 *
 * <p>All of it on its container's thread, between two polls.
 */
@Component("keys")
class KeyFollower implements ConsumerAwareMessageListener<String, byte[]>, HealthIndicator {

    static final String NAME = "key-follower";
    static final TopicPartition KEYS = new TopicPartition(Topics.API_KEYS, 0);

    private static final Logger log = LoggerFactory.getLogger(KeyFollower.class);
    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final KeyDirectory directory;
    private final DeadLetters deadLetters;

    /** Of the topic when reading began; unknown before Kafka was asked. */
    private @Nullable Long endAtStart;

    private volatile boolean caughtUp;

    KeyFollower(KeyDirectory directory, DeadLetters deadLetters, MeterRegistry meters) {
        this.directory = directory;
        this.deadLetters = deadLetters;
        Gauge.builder("gogogoapi.proxy.keys.known", directory, KeyDirectory::size)
                .description("API keys that this instance holds, revoked ones included")
                .register(meters);
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> record, @Nullable Consumer<?, ?> consumer) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(ApiKeyPublished key, var metadata) -> directory.apply(key);
            case Decoded.Known known -> deadLetters.setAside(record, "malformed", "nothing about a key");
            case Decoded.UnknownType unknown -> deadLetters.setAside(record, "unknown-type", unknown.wireName());
            case Decoded.Malformed malformed -> deadLetters.setAside(record, "malformed", malformed.reason());
        }
        if (!caughtUp && consumer != null) {
            compare(consumer, record.offset() + 1);
        }
    }

    @EventListener
    void nothingCame(ListenerContainerIdleEvent event) {
        if (!caughtUp
                && event.getListenerId().startsWith(NAME)
                && event.getConsumer() instanceof Consumer<?, ?> consumer) {
            try {
                compare(consumer, consumer.position(KEYS, KAFKA_ANSWERS_WITHIN));
            } catch (TimeoutException e) {
                log.debug("where reading begins is not known yet", e);
            }
        }
    }

    private void compare(Consumer<?, ?> consumer, long readUntil) {
        if (endAtStart == null) {
            try {
                endAtStart =
                        consumer.endOffsets(List.of(KEYS), KAFKA_ANSWERS_WITHIN).get(KEYS);
            } catch (TimeoutException e) {
                log.warn("Kafka does not say how many keys there are; asking again", e);
            }
        }
        if (endAtStart != null && readUntil >= endAtStart) {
            caughtUp = true;
            log.info("{} keys known", directory.size());
        }
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public Health health() {
        return (caughtUp ? Health.up() : Health.down())
                .withDetail("known", directory.size())
                .build();
    }
}
