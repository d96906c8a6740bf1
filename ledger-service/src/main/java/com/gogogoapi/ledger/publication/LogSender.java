package com.gogogoapi.ledger.publication;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of the log, session after session. When a send fails, a producer goes on with what is queued behind it, and so
 * an event would overtake another. To end a session is the only way to keep that from happening: its producer is closed at
 * once, nothing that it has not sent yet is ever sent, and whoever sent something through it is told that it failed. At most
 * what it had on its way arrives all the same, later, which is a repeat.
 *
 * <p>This holds for a producer with one request on its way at a time. Shared by all workers of an instance.
 */
public final class LogSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogSender.class);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    /**
     * While Kafka does not answer at all a send blocks until it gives up, and would for every shard: after one that failed
     * and took so long nobody tries for a while.
     */
    private static final long BLOCKED_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long LEAVE_ALONE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<Producer<String, byte[]>> producers;
    private volatile Session current;

    /** @param producers each a new one, which is closed here */
    public LogSender(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
        this.current = new Session(producers.get());
    }

    private static final class Told implements Callback {

        private final Consumer<@Nullable Exception> done;
        private boolean failed;

        Told(Consumer<@Nullable Exception> done) {
            this.done = done;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            failed = failure != null;
            done.accept(failure);
        }
    }

    /** What is sent through one producer, in order; nothing overtakes a send that failed. */
    static final class Session {

        private final Producer<String, byte[]> producer;
        private volatile boolean ended;
        private volatile long blockedUntilNanos = System.nanoTime();

        private Session(Producer<String, byte[]> producer) {
            this.producer = producer;
        }

        /** Sends; {@code done} is told the failure, or null for none, on any thread, once. */
        void send(ProducerRecord<String, byte[]> record, Consumer<@Nullable Exception> done) {
            var started = System.nanoTime();
            if (started - blockedUntilNanos < 0) {
                done.accept(new TimeoutException("Kafka did not answer a moment ago"));
                return;
            }
            var told = new Told(done);
            try {
                producer.send(record, told);
            } catch (InterruptException e) {
                Thread.currentThread().interrupt();
                told.onCompletion(null, e);
            } catch (KafkaException | IllegalStateException e) {
                told.onCompletion(null, e);
            }
            if (told.failed && System.nanoTime() - started > BLOCKED_NANOS) {
                blockedUntilNanos = System.nanoTime() + LEAVE_ALONE_NANOS;
            }
        }

        /** Whether everything that is sent through it fails. */
        boolean hasEnded() {
            return ended;
        }

        /** Ends it. May be called from where a failure is told, which is how nothing comes in between. */
        void end() {
            if (!ended) {
                ended = true;
                producer.close(Duration.ZERO);
            }
        }
    }

    /** The session for whoever has nothing on its way through another. If there can be no new one now it is an old one. */
    synchronized Session session() {
        if (current.ended) {
            try {
                current = new Session(producers.get());
                log.info("the log is sent through another producer");
            } catch (KafkaException e) {
                log.warn("there is no producer for the log; trying again", e);
            }
        }
        return current;
    }

    /** Sends what has no order, as good as it goes now. */
    void send(ProducerRecord<String, byte[]> record, Consumer<@Nullable Exception> done) {
        current.send(record, done);
    }

    @Override
    public synchronized void close() {
        if (!current.ended) {
            current.ended = true;
            current.producer.close(CLOSE_WITHIN);
        }
    }
}
