package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.fixtures.Authentic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Customers and their proxies, as the ledger sees them: one thread that asks at a steady rate, waits for decisions,
 * completes what was reserved (some too late, some never) and says many things twice.
 *
 * <p>Three kinds of repeats, all with offsets of their own: a producer's second send (the same record), a client's retry
 * (the same request in a new record, also whenever no answer came), and one of the run's very first records again. By
 * then the hot account has answered hundreds of requests more, so the ledger has forgotten them as it has forgotten those
 * of hours ago: what makes a repeat old is the number of answers after it, not the time.
 */
final class Load implements AutoCloseable {

    /** Kinds of repeats, each counted. All but {@link #UNANSWERED}, which takes a fault that lasts, a run has at any rate. */
    enum Repeat {
        SECOND_SEND,
        CLIENT_RETRY,
        UNANSWERED,
        OF_LONG_AGO
    }

    private static final int ASKS_PER_SECOND = 60;
    private static final int REPLY_PARTITION = 3;
    private static final int MOST_REMEMBERED = 400;
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Only ends a wait that nothing will end any more. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private record Planned(Instant at, ProducerRecord<String, byte[]> record) {}

    /** @param patience doubles with every retry, so that a ledger that is away is not drowned when it comes back */
    private record Waiting(QuoteRequested quote, Instant until, Duration patience) {

        static Waiting of(QuoteRequested quote, Duration patience) {
            return new Waiting(quote, Instant.now().plus(patience), patience);
        }

        Waiting again() {
            return of(quote, patience.multipliedBy(2));
        }
    }

    private final Random random;
    private final Customers customers;
    private final EventPublisher publisher;
    private final Consumer<String, byte[]> decisions;
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Comparator.comparing(Planned::at));
    private final Map<UUID, Waiting> waiting = new HashMap<>();
    private final List<CreditIntake> firstEver = new ArrayList<>();
    private final Map<Repeat, AtomicLong> repeats = new EnumMap<>(Repeat.class);
    private final AtomicLong durable = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger burst = new AtomicInteger();
    private final FutureTask<Boolean> work = new FutureTask<>(this::run);
    private long accepted;
    private volatile boolean stopping;

    private Load(Cluster cluster, long seed) {
        random = new Random(seed);
        customers = new Customers(random);
        publisher = cluster.kafka().publisher(Clock.systemUTC(), "/chaos-test");
        decisions = cluster.kafka().newUngroupedConsumer(Map.of());
        decisions.assign(List.of(new TopicPartition(Topics.CREDIT_DECISIONS, REPLY_PARTITION)));
        for (var kind : Repeat.values()) {
            repeats.put(kind, new AtomicLong());
        }
    }

    static Load start(Cluster cluster, long seed) {
        var load = new Load(cluster, seed);
        Thread.ofPlatform().name("load").start(load.work);
        return load;
    }

    private boolean run() {
        try (decisions) {
            customers.openings().forEach(this::say);
            Customers.everyKindOfDecision().forEach(this::say);
            var began = System.nanoTime();
            var asked = 0L;
            while (!stopping) {
                hear();
                sayWhatIsDue();
                var dueByNow = (System.nanoTime() - began) * ASKS_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
                for (; asked < dueByNow; asked++) {
                    ask();
                }
                for (var extra = burst.getAndSet(0); extra > 0; extra--) {
                    ask();
                }
            }
            repeatInEveryWay(firstEver.getFirst());
            await("all that was said is durable").atMost(SOON).until(() -> durable.get() == accepted);
            return true;
        }
    }

    private void repeatInEveryWay(CreditIntake intake) {
        var record = record(intake);
        say(Repeat.OF_LONG_AGO, record);
        say(Repeat.SECOND_SEND, record);
        say(Repeat.CLIENT_RETRY, record(intake));
    }

    private void hear() {
        for (var record : decisions.poll(POLL)) {
            if (EventRecords.decode(record.headers(), record.value())
                    instanceof Decoded.Known(LedgerEvent event, var metadata)) {
                answered.incrementAndGet();
                var firstAnswer = waiting.remove(event.requestId()) != null;
                if (firstAnswer && event instanceof CreditReserved reserved) {
                    customers.completionsOf(reserved).forEach((completion, after) -> plan(after, completion));
                }
            }
        }
    }

    private void ask() {
        var intake = customers.next();
        if (intake instanceof QuoteRequested quote) {
            waiting.put(quote.requestId(), Waiting.of(quote, PATIENCE));
        }
        say(intake);
        if (random.nextInt(10) == 0 && firstEver.size() == MOST_REMEMBERED) {
            say(Repeat.OF_LONG_AGO, record(firstEver.get(random.nextInt(MOST_REMEMBERED))));
        }
    }

    private void sayWhatIsDue() {
        var now = Instant.now();
        while (!planned.isEmpty() && !planned.peek().at().isAfter(now)) {
            send(planned.poll().record());
        }
        for (var entry : waiting.entrySet()) {
            if (now.isAfter(entry.getValue().until())) {
                say(Repeat.UNANSWERED, record(entry.getValue().quote()));
                entry.setValue(entry.getValue().again());
            }
        }
    }

    private void plan(Duration after, CreditIntake intake) {
        planned.add(new Planned(Instant.now().plus(after), record(intake)));
    }

    private void say(CreditIntake intake) {
        var record = record(intake);
        send(record);
        if (firstEver.size() < MOST_REMEMBERED) {
            firstEver.add(intake);
        }
        switch (random.nextInt(10)) {
            case 0 -> say(Repeat.SECOND_SEND, record);
            case 1 -> {
                repeats.get(Repeat.CLIENT_RETRY).incrementAndGet();
                plan(Duration.ofMillis(random.nextInt(5_000)), intake);
            }
            default -> {
                // Most things are said once.
            }
        }
    }

    private void say(Repeat kind, ProducerRecord<String, byte[]> record) {
        repeats.get(kind).incrementAndGet();
        send(record);
    }

    private static ProducerRecord<String, byte[]> record(CreditIntake intake) {
        var metadata = EventMetadata.of(TimeOrderedIds.next(), "/chaos-test", Instant.now())
                .answeringTo(REPLY_PARTITION);
        var record = EventRecords.record(
                Topics.LEDGER_INTAKE, null, intake.accountId().value(), Authentic.signed(intake), metadata);
        Authentic.secretFor(intake).seal(record);
        return record;
    }

    private void send(ProducerRecord<String, byte[]> record) {
        accepted++;
        publisher.send(record).thenRun(durable::incrementAndGet);
    }

    /** Begins to ask so many times at once, besides the steady rate. */
    void burst(int asks) {
        burst.addAndGet(asks);
        await("the burst has begun").atMost(SOON).until(() -> burst.get() == 0);
    }

    /** Waits until so many more decisions were acknowledged. */
    void awaitAnswers(int more, Duration atMost) {
        var enough = answered.get() + more;
        await(more + " more decisions are acknowledged").atMost(atMost).until(() -> {
            assertThat(work).as("the load's thread").isNotDone();
            return answered.get() >= enough;
        });
    }

    /** Ends asking; everything said by then is durable afterwards, or this fails. */
    void stop() {
        stopping = true;
        try {
            work.get(2 * SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load did not end well", e);
        }
    }

    /** How many records are durably in the intake, so it was acknowledged. */
    long durable() {
        return durable.get();
    }

    Map<Repeat, AtomicLong> repeats() {
        return repeats;
    }

    @Override
    public void close() {
        stopping = true;
    }

    @Override
    public String toString() {
        return "%d records sent, %d decisions heard, repeats %s".formatted(durable.get(), answered.get(), repeats);
    }
}
