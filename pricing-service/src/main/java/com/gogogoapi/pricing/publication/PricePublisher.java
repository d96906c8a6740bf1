package com.gogogoapi.pricing.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.OutboxThread;
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

    private final PriceBook book;
    private final EventPublisher publisher;
    private final TransactionOperations transactions;
    private final OutboxThread thread;

    /** Of the publishing thread alone. */
    private boolean wholeBookSent;

    PricePublisher(
            PriceBook book,
            FirstRoutes written,
            EventPublisher publisher,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.book = book;
        this.publisher = publisher;
        this.transactions = transactions;
        var failures = Counter.builder("gogogoapi.pricing.publication.failures")
                .description("Attempts to publish price versions that failed and are repeated")
                .register(meters);
        this.thread = new OutboxThread("price-publisher", failures, this::publishAll);
    }

    @Override
    public void start() {
        wholeBookSent = false;
        thread.start();
    }

    private void publishAll() {
        if (!wholeBookSent) {
            book.versions().forEach(this::send);
            book.lossPolicies().forEach(this::send);
            book.aliasesSet().forEach(this::send);
            wholeBookSent = true;
        }
        while (thread.isRunning() && publishMarked() == BATCH) {
            log.debug("a full batch of price versions was published; looking for more");
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
        OutboxThread.awaitDelivery(
                publisher.send(EventRecords.record(Topics.ROUTE_PRICES, null, key, event, metadata)));
    }

    /** Looks at once instead of in a second. */
    @Override
    public void priceAdded() {
        thread.tell();
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
