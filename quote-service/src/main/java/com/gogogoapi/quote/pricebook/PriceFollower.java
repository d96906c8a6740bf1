package com.gogogoapi.quote.pricebook;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
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
 * Reads the topic {@code route-prices} from its beginning, then follows it, and asks Kafka again and again whether what it
 * has read is all there is: that, and nothing else, makes the prices known here trustworthy. Ready once the book has been
 * read to what was its end at the start.
 *
 * <p>All of it on its container's thread, between two polls.
 */
@Component("prices")
class PriceFollower implements ConsumerAwareMessageListener<String, byte[]>, HealthIndicator {

    static final String NAME = "price-follower";
    private static final TopicPartition PRICES = new TopicPartition(Topics.ROUTE_PRICES, 0);

    static final Duration CONFIRM_EVERY = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(PriceFollower.class);
    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final PriceBook book;
    private final DeadLetters deadLetters;
    private long nextConfirmationNanos = System.nanoTime();
    private boolean kafkaAnswers = true;
    /** Of the topic, when Kafka was last asked. */
    private long end;

    private volatile boolean caughtUp;

    PriceFollower(PriceBook book, DeadLetters deadLetters) {
        this.book = book;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> record, @Nullable Consumer<?, ?> consumer) {
        read(record);
        var readUntil = record.offset() + 1;
        if (consumer != null && readUntil >= end) {
            confirm(consumer, readUntil);
        }
    }

    @EventListener
    void nothingCame(ListenerContainerIdleEvent event) {
        if (event.getListenerId().startsWith(NAME) && event.getConsumer() instanceof Consumer<?, ?> consumer) {
            try {
                confirm(consumer, consumer.position(PRICES, KAFKA_ANSWERS_WITHIN));
            } catch (TimeoutException e) {
                log.debug("where reading begins is not known yet", e);
            }
        }
    }

    private void confirm(Consumer<?, ?> consumer, long readUntil) {
        if (System.nanoTime() - nextConfirmationNanos < 0 || !isAll(readUntil, consumer)) {
            return;
        }
        book.confirmed();
        nextConfirmationNanos = System.nanoTime() + CONFIRM_EVERY.toNanos() / 2;
        if (!caughtUp) {
            caughtUp = true;
            log.info("prices known of {}", book.models());
        }
    }

    private boolean isAll(long readUntil, Consumer<?, ?> consumer) {
        try {
            end = consumer.endOffsets(List.of(PRICES), KAFKA_ANSWERS_WITHIN).getOrDefault(PRICES, Long.MAX_VALUE);
            if (!kafkaAnswers) {
                kafkaAnswers = true;
                log.info("Kafka answers again; prices are being confirmed");
            }
            return readUntil >= end;
        } catch (TimeoutException e) {
            if (kafkaAnswers) {
                kafkaAnswers = false;
                log.warn("Kafka does not answer; the known prices are trusted only for a while", e);
            }
            return false;
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
    public Health health() {
        return (caughtUp ? Health.up() : Health.down())
                .withDetail("routes", book.models())
                .withDetail("confirmed_at", String.valueOf(book.confirmedAt()))
                .withDetail("trusted", book.isTrusted())
                .build();
    }
}
