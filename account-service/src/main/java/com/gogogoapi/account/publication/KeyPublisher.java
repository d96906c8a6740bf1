package com.gogogoapi.account.publication;

import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.KeyOutbox;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Carries every change of a key to the topic {@code api-keys}.
 *
 * <p>A key that Kafka may not have is marked so in the transaction that changed it; what is sent is the key as it is when it
 * is sent, and the mark goes once Kafka has it. One instance at a time sends, in the order of the changes. One that lost its
 * turn while it sent, because its database was away, cannot know whether its records arrived behind another's newer ones: it
 * has them sent again, so that the last record of every key is the last of its changes.
 */
@Component
class KeyPublisher implements SmartLifecycle, KeysChanged {

    private static final Logger log = LoggerFactory.getLogger(KeyPublisher.class);

    private static final int BATCH = 500;
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final KeyOutbox outbox;
    private final EventPublisher publisher;
    private final String topicId;
    private final Counter failures;

    /** Said when there is something new. Not a thread's own permit, which its waiting for the database would use up. */
    private final Semaphore news = new Semaphore(0);

    /** Keys that were sent and not marked as being in Kafka. Of the publishing thread alone. */
    private List<String> doubtful = List.of();

    private boolean topicKnown;
    private volatile boolean running;

    KeyPublisher(KeyOutbox outbox, EventPublisher publisher, InstalledTopics topics, MeterRegistry meters) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.topicId = topics.idOf(Topics.API_KEYS);
        this.failures = Counter.builder("gogogoapi.account.publication.failures")
                .description("Attempts to publish keys that failed and are repeated")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("key-publisher").start(this::publishUntilStopped);
    }

    private void publishUntilStopped() {
        while (running) {
            // Before looking: what changes from here on is news again.
            news.drainPermits();
            try {
                publishAll();
            } catch (RuntimeException e) {
                // Whatever it is: a publisher that ended would leave every later key unpublished, and nobody would
                // know.
                failures.increment();
                log.warn("keys could not be published; trying again", e);
            }
            awaitNews();
        }
    }

    private void publishAll() {
        if (!topicKnown) {
            outbox.publishInto(topicId);
            topicKnown = true;
        }
        outbox.again(doubtful);
        doubtful = List.of();
        while (running && outbox.publishNext(BATCH, this::send) == BATCH) {
            doubtful = List.of();
        }
        doubtful = List.of();
    }

    private void awaitNews() {
        try {
            if (news.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("there is something to publish");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void send(List<ApiKey> keys) {
        doubtful = keys.stream().map(ApiKey::keyId).toList();
        var sent = keys.stream().map(this::send).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(sent).get(KafkaClients.DELIVERY_TIMEOUT_MILLIS + 5_000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PublicationFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublicationFailed(e);
        }
    }

    private CompletableFuture<?> send(ApiKey key) {
        var event = key.event();
        var metadata = EventMetadata.of(TimeOrderedIds.next(), publisher.source(), event.changedAt());
        return publisher.send(EventRecords.record(Topics.API_KEYS, null, event.keyHash(), event, metadata));
    }

    /** Looks at once instead of in a second, and not before there is something to see. */
    @Override
    public void keysChanged() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            news.release();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                news.release();
            }
        });
    }

    @Override
    public void stop() {
        running = false;
        news.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static final class PublicationFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PublicationFailed(Exception cause) {
            super(cause);
        }
    }
}
