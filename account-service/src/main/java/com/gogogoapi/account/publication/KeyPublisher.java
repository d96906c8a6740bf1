package com.gogogoapi.account.publication;

import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.KeyOutbox;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.OutboxThread;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private static final int BATCH = 500;

    private final KeyOutbox outbox;
    private final EventPublisher publisher;
    private final String topicId;
    private final OutboxThread thread;

    /** Keys that were sent and not marked as being in Kafka. Of the publishing thread alone. */
    private List<String> doubtful = List.of();

    private boolean topicKnown;

    KeyPublisher(KeyOutbox outbox, EventPublisher publisher, InstalledTopics topics, MeterRegistry meters) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.topicId = topics.idOf(Topics.API_KEYS);
        var failures = Counter.builder("gogogoapi.account.publication.failures")
                .description("Attempts to publish keys that failed and are repeated")
                .register(meters);
        this.thread = new OutboxThread("key-publisher", failures, this::publishAll);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void publishAll() {
        if (!topicKnown) {
            outbox.publishInto(topicId);
            topicKnown = true;
        }
        outbox.again(doubtful);
        doubtful = List.of();
        while (thread.isRunning() && outbox.publishNext(BATCH, this::send) == BATCH) {
            doubtful = List.of();
        }
        doubtful = List.of();
    }

    private void send(List<ApiKey> keys) {
        doubtful = keys.stream().map(ApiKey::keyId).toList();
        var sent = keys.stream().map(this::send).toArray(CompletableFuture[]::new);
        OutboxThread.awaitDelivery(CompletableFuture.allOf(sent));
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
            thread.tell();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                thread.tell();
            }
        });
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
    }
}
