package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.ledger.aggregate.BatchOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator watches of the ledger's intake. */
final class IntakeMetrics {

    private static final Logger log = LoggerFactory.getLogger(IntakeMetrics.class);

    private final Timer batches;
    private final Counter events;
    private final Counter fenced;
    private final Counter databaseFailures;
    private final Counter aboveHold;

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
        aboveHold = Counter.builder("gogogoapi.ledger.above.hold")
                .description("Charges whose upstream stated more than their holds allow; the rest is nobody's to pay")
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
            shard.events().forEach(this::lookAt);
        }
    }

    private void lookAt(LedgerEvent event) {
        if (event instanceof CreditSettled settled && settled.aboveHold() != null) {
            aboveHold.increment();
            log.warn(
                    "{} was stated for request {} of {}, {} is charged",
                    settled.aboveHold().statedUsage(),
                    settled.requestId(),
                    settled.accountId(),
                    settled.usage());
        }
    }

    void fenced(int shards) {
        fenced.increment(shards);
    }

    void databaseFailed() {
        databaseFailures.increment();
    }
}
