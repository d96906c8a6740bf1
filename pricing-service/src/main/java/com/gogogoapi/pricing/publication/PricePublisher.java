package com.gogogoapi.pricing.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.Event;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.pricing.book.PriceBook;
import com.gogogoapi.pricing.routefile.FirstRoutes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries versions, loss policies and aliases from the book to the topic {@code route-prices}.
 *
 * <p>The book is the outbox: what it holds and Kafka may not have yet is marked so, in the transaction that added it. A
 * thread of this service sends what is marked and removes the mark once Kafka has acknowledged, so a version may be sent
 * twice, which a compacted topic does not mind, and is never missed. At every start all of it is sent anew: then the
 * topic is whole even if Kafka's data were lost.
 */
@Component
class PricePublisher implements SmartLifecycle, PriceAdded {

    private static final Logger log = LoggerFactory.getLogger(PricePublisher.class);

    private static final int BATCH = 100;
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final PriceBook book;
    private final EventPublisher publisher;
    private final TransactionOperations transactions;
    private final Counter failures;

    /** Said when there is something new. Not a thread's own permit, which its waiting for the database would use up. */
    private final Semaphore news = new Semaphore(0);

    private volatile boolean running;

    PricePublisher(
            PriceBook book,
            FirstRoutes written,
            EventPublisher publisher,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.book = book;
        this.publisher = publisher;
        this.transactions = transactions;
        this.failures = Counter.builder("gogogoapi.pricing.publication.failures")
                .description("Attempts to publish price versions that failed and are repeated")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("price-publisher").start(this::publishUntilStopped);
    }

    private void publishUntilStopped() {
        var wholeBookSent = false;
        while (running) {
            // Before looking: what is added from here on is news again.
            news.drainPermits();
            try {
                if (!wholeBookSent) {
                    book.versions().forEach(this::send);
                    book.lossPolicies().forEach(this::send);
                    book.aliasesSet().forEach(this::send);
                    wholeBookSent = true;
                }
                while (running && publishMarked() == BATCH) {
                    log.debug("a full batch of price versions was published; looking for more");
                }
            } catch (RuntimeException e) {
                // Whatever it is: a publisher that ended would leave every later price unpublished, and nobody would
                // know.
                failures.increment();
                log.warn("price versions could not be published; trying again", e);
            }
            awaitNews();
        }
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

    private int publishMarked() {
        Integer sent = transactions.execute(transaction -> {
            var versions = book.lockUnpublishedVersions(BATCH);
            for (var version : versions) {
                send(version);
                book.markPublished(version);
            }
            var policies = book.lockUnpublishedLossPolicies(BATCH);
            for (var policy : policies) {
                send(policy);
                book.markPublished(policy);
            }
            var aliases = book.lockUnpublishedAliases(BATCH);
            for (var set : aliases) {
                send(set);
                book.markPublished(set);
            }
            return Math.max(versions.size(), Math.max(policies.size(), aliases.size()));
        });
        return sent == null ? 0 : sent;
    }

    private void send(PriceVersion version) {
        var key =
                switch (version) {
                    case RoutePricePublished price -> price.priceVersion();
                    case RouteCostRecorded cost -> "cost/" + cost.costVersion();
                };
        send(key, version, version.announcedAt());
    }

    private void send(RouteLossPolicySet policy) {
        // A key of its own for each, so that the latest survives compaction in whatever order instances write them.
        send("loss-policy/" + policy.model() + "@" + policy.setAt(), policy, policy.setAt());
    }

    private void send(RouteAliasesSet set) {
        send("aliases/" + set.model() + "@" + set.setAt(), set, set.setAt());
    }

    private void send(String key, Event event, Instant at) {
        var metadata = EventMetadata.of(TimeOrderedIds.next(), publisher.source(), at);
        try {
            publisher
                    .send(EventRecords.record(Topics.ROUTE_PRICES, null, key, event, metadata))
                    .get(KafkaClients.DELIVERY_TIMEOUT_MILLIS + 5_000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PublicationFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublicationFailed(e);
        }
    }

    /** Looks at once instead of in a second. */
    @Override
    public void priceAdded() {
        news.release();
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
