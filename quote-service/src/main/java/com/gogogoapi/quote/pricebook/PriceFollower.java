package com.gogogoapi.quote.pricebook;

import com.gogogoapi.chassis.kafka.ConsumerThread;
import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the topic {@code route-prices} from its beginning, then follows it, and asks Kafka again and again whether what it
 * has read is all there is: that, and nothing else, makes the prices known here trustworthy. Ready once the book has been
 * read to what was its end at the start.
 */
@Component("prices")
class PriceFollower implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(PriceFollower.class);
    private static final TopicPartition PRICES = new TopicPartition(Topics.ROUTE_PRICES, 0);
    private static final Duration CONFIRM_EVERY = Duration.ofSeconds(1);
    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(2);

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

    /** From the beginning; caught up at what is the end then. */
    private final class Follower implements ConsumerThread.Reader {

        private @Nullable Consumer<String, byte[]> consumer;
        private long nextConfirmationNanos = System.nanoTime();
        private boolean kafkaAnswers = true;

        @Override
        public void begin(Consumer<String, byte[]> following) {
            consumer = following;
            following.assign(List.of(PRICES));
            following.seekToBeginning(List.of(PRICES));
        }

        @Override
        public void read(ConsumerRecords<String, byte[]> records) {
            records.forEach(PriceFollower.this::read);
            if (consumer != null && System.nanoTime() - nextConfirmationNanos >= 0 && hasAll(consumer)) {
                book.confirmed();
                nextConfirmationNanos = System.nanoTime() + CONFIRM_EVERY.toNanos();
                if (!caughtUp) {
                    caughtUp = true;
                    log.info("prices known of {}", book.models());
                }
            }
        }

        private boolean hasAll(Consumer<String, byte[]> following) {
            try {
                var end = following
                        .endOffsets(List.of(PRICES), KAFKA_ANSWERS_WITHIN)
                        .getOrDefault(PRICES, Long.MAX_VALUE);
                if (!kafkaAnswers) {
                    kafkaAnswers = true;
                    log.info("Kafka answers again; prices are being confirmed");
                }
                return following.position(PRICES, KAFKA_ANSWERS_WITHIN) >= end;
            } catch (TimeoutException e) {
                if (kafkaAnswers) {
                    kafkaAnswers = false;
                    log.warn("Kafka does not answer; the known prices are trusted only for a while", e);
                }
                return false;
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(RoutePricePublished price, var metadata) ->
                book.update(price.model(), route -> route.with(price));
            case Decoded.Known(RouteCostRecorded cost, var metadata) ->
                book.update(cost.model(), route -> route.with(cost));
            case Decoded.Known(RouteLossPolicySet policy, var metadata) ->
                book.update(policy.model(), route -> route.with(policy));
            case Decoded.Known(RouteAliasesSet aliases, var metadata) ->
                book.update(aliases.model(), route -> route.with(aliases));
            case Decoded.Known known -> deadLetters.setAside(record, "malformed", "nothing about a route");
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
                .withDetail("confirmed_at", String.valueOf(book.confirmedAt()))
                .withDetail("trusted", book.isTrusted())
                .build();
    }
}
