package com.gogogoapi.chassis.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Where a record goes that a consumer cannot read or fails on: counted ({@code gogogoapi.dead.letters}), logged without
 * its content, and copied as it was to the topic {@code dead-letters}; the consumer goes on with the next.
 */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final EventPublisher publisher;
    private final MeterRegistry meters;

    public DeadLetters(EventPublisher publisher, MeterRegistry meters) {
        this.publisher = publisher;
        this.meters = meters;
    }

    /** A record on which a listener failed, again and again. */
    @SuppressWarnings("unchecked") // All our consumers read these types; spring-kafka does not carry them here.
    void setAside(ConsumerRecord<?, ?> record, Exception failure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        log.error("a listener failed on {}-{}@{}", record.topic(), record.partition(), record.offset(), cause);
        setAside(
                (ConsumerRecord<String, byte[]>) record,
                "failed",
                cause.getClass().getSimpleName());
    }

    /**
     * @param reason a short word for the metric, of few different values: {@code unknown-type}, {@code malformed} or
     *     {@code failed}
     */
    public void setAside(ConsumerRecord<String, byte[]> record, String reason, String detail) {
        meters.counter("gogogoapi.dead.letters", "topic", record.topic(), "reason", reason)
                .increment();
        log.error(
                "dead letter: {} {} at {}-{}@{}", reason, detail, record.topic(), record.partition(), record.offset());
        var copy = new ProducerRecord<>(Topics.DEAD_LETTERS, null, record.key(), record.value(), record.headers());
        copy.headers()
                .add("deadletter-reason", (reason + ": " + detail).getBytes(UTF_8))
                .add(
                        "deadletter-from",
                        "%s-%d@%d"
                                .formatted(record.topic(), record.partition(), record.offset())
                                .getBytes(UTF_8));
        publisher.send(copy).whenComplete((sent, failure) -> {
            if (failure != null) {
                log.error(
                        "the dead letter {}-{}@{} stays only where it was",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        failure);
            }
        });
    }
}
