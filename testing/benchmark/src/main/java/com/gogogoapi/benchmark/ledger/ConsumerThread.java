package com.gogogoapi.benchmark.ledger;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that polls one consumer until it is closed, with nothing between: the bare loop that others are held against. */
final class ConsumerThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConsumerThread.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Consumer<String, byte[]> consumer;
    private final Thread thread;

    /** What is done with the consumer, all of it on its own thread. */
    interface Reader {
        /** Once, before the first poll: subscribe or assign. */
        void begin(Consumer<String, byte[]> consumer);

        /** After every poll, also an empty one. */
        void read(ConsumerRecords<String, byte[]> records);
    }

    private ConsumerThread(Consumer<String, byte[]> consumer, Thread thread) {
        this.consumer = consumer;
        this.thread = thread;
    }

    /** Starts polling; the thread closes the consumer when it ends. */
    static ConsumerThread start(String name, Consumer<String, byte[]> consumer, Reader reader) {
        var thread = Thread.ofPlatform().name(name).daemon().start(() -> poll(consumer, reader));
        return new ConsumerThread(consumer, thread);
    }

    private static void poll(Consumer<String, byte[]> consumer, Reader reader) {
        try (consumer) {
            reader.begin(consumer);
            while (true) {
                try {
                    reader.read(consumer.poll(POLL));
                } catch (WakeupException e) {
                    throw e;
                } catch (KafkaException e) {
                    log.warn("Kafka does not answer; trying again", e);
                }
            }
        } catch (WakeupException e) {
            log.debug("{} was asked to stop", Thread.currentThread().getName());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            if (!thread.join(STOP_WITHIN)) {
                log.error("{} did not stop within {}", thread.getName(), STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
