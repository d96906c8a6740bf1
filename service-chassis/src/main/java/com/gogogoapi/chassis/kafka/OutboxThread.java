package com.gogogoapi.chassis.kafka;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what a database has marked as unpublished, until it is stopped: at once when told that there is something, and
 * once a second in any case. A failure is counted and the same is tried again.
 */
public final class OutboxThread {

    private static final Logger log = LoggerFactory.getLogger(OutboxThread.class);

    private static final long LOOK_EVERY_MILLIS = 3_000;

    private final String name;
    private final Counter failures;
    private final Runnable publishAll;

    /** Said when there is something new. Not a thread's own permit, which its waiting for the database would use up. */
    private final Semaphore news = new Semaphore(0);

    private volatile boolean running;

    /** @param publishAll publishes everything that is marked, for as long as this {@link #isRunning() runs} */
    public OutboxThread(String name, Counter failures, Runnable publishAll) {
        this.name = name;
        this.failures = failures;
        this.publishAll = publishAll;
    }

    public void start() {
        running = true;
        Thread.ofVirtual().name(name).start(this::publishUntilStopped);
    }

    private void publishUntilStopped() {
        while (running) {
            // Before looking: what is added from here on is news again.
            news.drainPermits();
            try {
                publishAll.run();
            } catch (RuntimeException e) {
                // Whatever it is: a publisher that ended would leave everything later unpublished, and nobody would
                // know.
                failures.increment();
                log.warn("{}: not published; trying again", name, e);
            }
            awaitNews();
        }
    }

    private void awaitNews() {
        try {
            if (news.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("{}: there is something to publish", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** Has it look at once instead of in some seconds. */
    public void tell() {
        news.release();
    }

    public void stop() {
        running = false;
        news.release();
    }

    public boolean isRunning() {
        return running;
    }

    /**
     * Waits until Kafka has what was sent.
     *
     * @throws NotPublishedException if it has not, as far as is known
     */
    public static void awaitDelivery(CompletableFuture<?> sent) {
        try {
            sent.get(KafkaClients.DELIVERY_TIMEOUT_MILLIS + 5_000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotPublishedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotPublishedException(e);
        }
    }

    /** Kafka did not take something, or did not say so in time. */
    public static final class NotPublishedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotPublishedException(Exception cause) {
            super(cause);
        }
    }
}
