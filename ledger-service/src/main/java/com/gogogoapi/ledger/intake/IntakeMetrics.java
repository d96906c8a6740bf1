package com.gogogoapi.ledger.intake;

import com.gogogoapi.ledger.aggregate.BatchOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What an operator watches of the ledger's intake. */
final class IntakeMetrics {

    private final Timer batches;
    private final Counter events;
    private final Counter fenced;
    private final Counter databaseFailures;

    private final Counter parkedRecords;
    private final AtomicInteger parkedAccounts = new AtomicInteger();
    private final AtomicLong unpublishedEvents = new AtomicLong();

    /** @param worker the number of the worker whose metrics these are */
    IntakeMetrics(MeterRegistry meters, int worker) {
        Gauge.builder("gogogoapi.ledger.parked.accounts", parkedAccounts, AtomicInteger::get)
                .description("Accounts that wait for an operator since a record of theirs could not be decided")
                .tag("worker", Integer.toString(worker))
                .register(meters);
        Gauge.builder("gogogoapi.ledger.unpublished.events", unpublishedEvents, AtomicLong::get)
                .description("Events in the log that are not known to be in ledger-events; they go there in order")
                .tag("worker", Integer.toString(worker))
                .register(meters);
        parkedRecords = Counter.builder("gogogoapi.ledger.parked.records")
                .description("Records parked because they, or one of their account before them, could not be decided")
                .register(meters);
        batches = Timer.builder("gogogoapi.ledger.batch")
                .description("From records at hand to their events handed over for publication, one batch")
                .publishPercentileHistogram()
                .register(meters);
        events = Counter.builder("gogogoapi.ledger.events")
                .description("Events appended")
                .register(meters);
        fenced = Counter.builder("gogogoapi.ledger.fenced")
                .description("Batches of a shard that were refused because another instance had moved it")
                .register(meters);
        databaseFailures = Counter.builder("gogogoapi.ledger.database.failures")
                .description("Statements that failed and are tried again")
                .register(meters);
    }

    void parkedAccounts(int accounts) {
        parkedAccounts.set(accounts);
    }

    void unpublishedEvents(long events) {
        unpublishedEvents.set(events);
    }

    void committed(BatchOutcome outcome, long nanos) {
        batches.record(nanos, TimeUnit.NANOSECONDS);
        for (var shard : outcome.appended()) {
            events.increment(shard.events().size());
            parkedRecords.increment(shard.batch().parked().size());
        }
    }

    void fenced(int shards) {
        fenced.increment(shards);
    }

    void databaseFailed() {
        databaseFailures.increment();
    }
}
