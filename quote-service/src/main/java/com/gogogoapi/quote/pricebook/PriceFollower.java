package com.gogogoapi.quote.pricebook;

import com.gogogoapi.chassis.kafka.ConsumerThread;
import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.messaging.EventRecords;
import com.gogogoapi.contracts.messaging.EventRecords.Decoded;
import com.gogogoapi.contracts.messaging.Topics;
import com.gogogoapi.contracts.route.RoutePricePublished;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the topic {@code route-prices} from its beginning, then follows it. While Kafka is away the prices known so far
 * stay in use. Ready once the book has been read to what was its end at the start.
 */
@Component("prices")
class PriceFollower implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(PriceFollower.class);
    private static final TopicPartition PRICES = new TopicPartition(Topics.ROUTE_PRICES, 0);

    private final PriceBook book;
    private final KafkaClients kafka;
    private final DeadLetters deadLetters;
    private @Nullable ConsumerThread thread;
    private volatile boolean caughtUp;

    PriceFollower(PriceBook book, KafkaClients kafka, InstalledTopics topics, DeadLetters deadLetters) {
        this.book = book;
        this.kafka = kafka;
        this.deadLetters = deadLetters;
        log.debug("prices are followed on one of {} topics", topics);
    }

    @Override
    public synchronized void start() {
        thread = ConsumerThread.start("price-follower", kafka.newUngroupedConsumer(Map.of()), new Follower());
    }

    /** From the beginning; caught up at what is the end now. */
    private final class Follower implements ConsumerThread.Reader {

        private @Nullable Consumer<String, byte[]> consumer;
        private long end;

        @Override
        public void begin(Consumer<String, byte[]> following) {
            consumer = following;
            following.assign(List.of(PRICES));
            following.seekToBeginning(List.of(PRICES));
            end = following.endOffsets(List.of(PRICES)).getOrDefault(PRICES, 0L);
        }

        @Override
        public void read(ConsumerRecords<String, byte[]> records) {
            records.forEach(PriceFollower.this::read);
            if (!caughtUp && consumer != null && consumer.position(PRICES) >= end) {
                caughtUp = true;
                log.info("prices known of {}", book.models());
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(RoutePricePublished version, var metadata) -> book.add(version);
            case Decoded.Known known -> deadLetters.setAside(record, "malformed", "not a price");
            case Decoded.UnknownType unknown -> deadLetters.setAside(record, "unknown-type", unknown.wireName());
            case Decoded.Malformed malformed -> deadLetters.setAside(record, "malformed", malformed.reason());
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.close();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public synchronized Health health() {
        var well = caughtUp && thread != null && thread.isAlive();
        return (well ? Health.up() : Health.down())
                .withDetail("routes", book.models())
                .build();
    }
}
