package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** How those wait whose request is run by somebody else: they look again, more and more rarely. */
@Component
class Waiting implements ApplicationListener<ContextClosedEvent> {

    /** Longer than a request can run. */
    private static final Duration LONGEST = Duration.ofMinutes(16);

    /** For what was cut off and is not settled yet. */
    private static final Duration FOR_AN_ORPHAN = Duration.ofSeconds(10);

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LAST = Duration.ofSeconds(1);

    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Nobody waits for others while this service stops: another instance answers. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stopping.countDown();
    }

    Pace begin(ClientConnection client) {
        return new Pace(client);
    }

    /** One who waits. */
    final class Pace {

        private final ClientConnection client;
        private final long began = System.nanoTime();
        private Duration next = FIRST;
        private long orphanedSince;
        private boolean hasWaited;
        private boolean isDue;

        private Pace(ClientConnection client) {
            this.client = client;
        }

        /** It is worth looking again at once. */
        void again() {
            isDue = true;
        }

        boolean hasWaited() {
            return hasWaited;
        }

        /**
         * Waits until it is time to look again.
         *
         * @return false if the client has left
         * @throws ApiError 503 if there is no waiting any longer
         */
        boolean await() {
            if (isDue) {
                isDue = false;
                return true;
            }
            requireWithin(began, LONGEST, Refusals::stillRunning);
            hasWaited = true;
            try {
                if (stopping.await(next.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw Refusals.stillRunning();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusals.stillRunning();
            }
            var longer = next.multipliedBy(3).dividedBy(2);
            next = longer.compareTo(LAST) < 0 ? longer : LAST;
            return !client.isClosedByClient();
        }

        /** Nobody runs it, and how it ended is not known: that is not waited for as long. */
        void orphaned(Supplier<ApiError> refusal) {
            if (orphanedSince == 0) {
                orphanedSince = System.nanoTime();
            }
            requireWithin(orphanedSince, FOR_AN_ORPHAN, refusal);
        }

        private static void requireWithin(long since, Duration most, Supplier<ApiError> refusal) {
            if (System.nanoTime() - since > most.toNanos()) {
                throw refusal.get();
            }
        }
    }
}
