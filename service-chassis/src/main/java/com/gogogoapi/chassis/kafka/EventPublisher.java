package com.gogogoapi.chassis.kafka;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.contracts.wire.Topics;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/** Publishes events. A future that completes normally says that all in-sync replicas have the record. */
public final class EventPublisher {

    private final Supplier<Producer<String, byte[]>> producer;
    private final Clock clock;
    private final String source;
    private final @Nullable IntakeSecret secret;

    /** Through one producer, whoever it belongs to; what it sends to the ledger is nobody's. */
    public EventPublisher(Producer<String, byte[]> producer, Clock clock, String source) {
        this(() -> producer, clock, source, null);
    }

    /** Through whatever producer the factory has: it replaces one that broke. */
    static EventPublisher of(ProducerFactory<String, byte[]> producers, Clock clock, String source) {
        return new EventPublisher(producers::createProducer, clock, source, null);
    }

    private EventPublisher(
            Supplier<Producer<String, byte[]>> producer, Clock clock, String source, @Nullable IntakeSecret secret) {
        this.producer = producer;
        this.clock = clock;
        this.source = source;
        this.secret = secret;
    }

    /** The same, as whose secret this is: what it sends to the ledger is authenticated when it is sent, however old it is. */
    public EventPublisher as(IntakeSecret author) {
        return new EventPublisher(producer, clock, source, author);
    }

    /**
     * Sends something to the ledger, keyed by its account.
     *
     * @param replyPartition the partition of {@code credit-decisions} that the sender reads; null if nobody waits
     * @param traceParent the W3C trace it belongs to, if any
     */
    public CompletableFuture<RecordMetadata> toLedger(
            LedgerIntake intake, @Nullable Integer replyPartition, @Nullable String traceParent) {
        return toLedger(TimeOrderedIds.next(), intake, replyPartition, traceParent);
    }

    /** The same under an identity that is given: what may be sent again is the same event then. */
    public CompletableFuture<RecordMetadata> toLedger(
            UUID eventId, LedgerIntake intake, @Nullable Integer replyPartition, @Nullable String traceParent) {
        var metadata = EventMetadata.of(eventId, source, clock.instant()).tracedBy(traceParent);
        if (replyPartition != null) {
            metadata = metadata.answeringTo(replyPartition);
        }
        return send(sealed(EventRecords.record(
                Topics.LEDGER_INTAKE, null, intake.accountId().value(), intake, metadata)));
    }

    /** Sends to one shard what concerns the installation itself there. */
    public CompletableFuture<RecordMetadata> toShard(int shard, InstallationIntake intake) {
        var metadata = EventMetadata.of(TimeOrderedIds.next(), source, clock.instant());
        return send(sealed(EventRecords.record(
                Topics.LEDGER_INTAKE, shard, intake.accountId().value(), intake, metadata)));
    }

    private ProducerRecord<String, byte[]> sealed(ProducerRecord<String, byte[]> record) {
        if (secret != null) {
            secret.seal(record);
        }
        return record;
    }

    /** The service's {@code ce_source}. */
    public String source() {
        return source;
    }

    /** Sends a record as it is. Never throws for Kafka's faults: they fail the future. */
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        var sent = new CompletableFuture<RecordMetadata>();
        send(record, (metadata, failure) -> {
            if (failure != null) {
                sent.completeExceptionally(failure);
            } else {
                sent.complete(metadata);
            }
        });
        return sent;
    }

    /** The same for who sends very many; {@code done} is told the failure, or null for none, on any thread. */
    public void send(ProducerRecord<String, byte[]> record, Consumer<@Nullable Exception> done) {
        send(record, (metadata, failure) -> done.accept(failure));
    }

    private void send(ProducerRecord<String, byte[]> record, Callback callback) {
        try {
            producer.get().send(record, callback);
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            callback.onCompletion(null, e);
        } catch (KafkaException | IllegalStateException e) {
            callback.onCompletion(null, e);
        }
    }
}
