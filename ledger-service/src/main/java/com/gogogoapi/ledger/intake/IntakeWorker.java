package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.messaging.Topics;
import com.gogogoapi.ledger.aggregate.AccountEngine;
import com.gogogoapi.ledger.aggregate.BatchOutcome;
import com.gogogoapi.ledger.aggregate.ShardIntake;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.publication.Teller;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns some shards: poll, decide, append in one statement, tell.
 *
 * <pre>
 * assigned ──▶ opened ──▶ poll ─▶ decide ─▶ append ─▶ tell ─▶ (poll)
 *     ▲                                       │
 *     └──── fenced, or the database failed ◀──┘
 * </pre>
 *
 * Offsets live in the database, in the same statement as the events they brought; Kafka is told them too, only so that
 * its tools can show the lag.
 */
final class IntakeWorker implements Runnable, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IntakeWorker.class);

    private static final Duration POLL = Duration.ofMillis(100);

    /** With every small batch it would cost the broker as much as the answers do. */
    private static final Duration SHOW_LAG_EVERY = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final AccountEngine engine;
    private final Teller teller;
    private final IntakeRecords intakeRecords;
    private final OwnedShards shards;
    private final IntakeMetrics metrics;
    private final Clock clock;
    private volatile boolean closing;
    private volatile Instant aliveAt;
    private final Set<Integer> lagToShow = new TreeSet<>();
    private Instant showLagAt = Instant.MIN;

    IntakeWorker(
            Consumer<String, byte[]> consumer,
            AccountEngine engine,
            Teller teller,
            OwnedShards shards,
            IntakeRecords intakeRecords,
            IntakeMetrics metrics,
            Clock clock) {
        this.consumer = consumer;
        this.engine = engine;
        this.teller = teller;
        this.shards = shards;
        this.intakeRecords = intakeRecords;
        this.metrics = metrics;
        this.clock = clock;
        this.aliveAt = clock.instant();
    }

    @Override
    public void run() {
        try (consumer;
                teller) {
            takeTurns();
        }
    }

    private void takeTurns() {
        try {
            subscribe();
            while (!closing) {
                aliveAt = clock.instant();
                turn();
            }
        } catch (RuntimeException e) {
            // A defect: the worker ends and health says so, rather than going on with a state nobody understands.
            log.error("the intake worker ended", e);
            throw e;
        }
    }

    void subscribe() {
        consumer.subscribe(List.of(Topics.LEDGER_INTAKE), shards);
    }

    /** One turn; everything this worker does, it does in a turn. */
    void turn() {
        try {
            shards.openAssigned();
            shards.doubt(clock.instant());
            metrics.parkedAccounts(engine.parkedAccounts());
            teller.tend(clock.instant());
            showLag(clock.instant());
        } catch (SQLException e) {
            log.warn("the database does not answer; trying again", e);
            metrics.databaseFailed();
        }
        ConsumerRecords<String, byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (KafkaException e) {
            log.warn("Kafka does not answer; trying again", e);
            return;
        }
        if (!records.isEmpty()) {
            decide(records);
        }
    }

    private void decide(ConsumerRecords<String, byte[]> records) {
        var polled = records.partitions().stream()
                .map(partition -> polled(partition.partition(), records.records(partition)))
                .toList();
        try {
            if (polled.stream().noneMatch(PolledShard::holdsRequestToGoOn)) {
                commit(polled);
            } else {
                for (var shard : polled) {
                    for (var piece : shard.cutAtRequestsToGoOn()) {
                        commit(List.of(piece));
                    }
                }
            }
        } catch (LogUnavailableException e) {
            log.warn("a batch could not be appended; its shards are opened anew", e);
            metrics.databaseFailed();
            shards.close(polled.stream().map(PolledShard::shard).toList());
        }
    }

    private PolledShard polled(int shard, List<ConsumerRecord<String, byte[]>> records) {
        return new PolledShard(shard, records.getLast().offset() + 1, intakeRecords.of(records));
    }

    private void commit(List<PolledShard> polled) {
        try {
            append(polled);
        } catch (LogUnavailableException e) {
            if (!e.refusedTheRows()) {
                throw e;
            }
            log.error("the database refused a batch; deciding its records one by one", e);
            metrics.databaseFailed();
            polled.stream().flatMap(shard -> shard.oneByOne().stream()).forEach(this::commitAlone);
        }
    }

    /** The way past a record that the database refuses: every other one is decided, that one parks its account. */
    private void commitAlone(PolledShard one) {
        try {
            append(List.of(one));
        } catch (LogUnavailableException e) {
            if (!e.refusedTheRows()) {
                throw e;
            }
            log.error("the database refused what came of {} before offset {}", one.shard(), one.nextOffset(), e);
            var started = System.nanoTime();
            tell(engine.setAside(intake(one), "refused by the database: " + e.getMessage()), started);
        }
    }

    /** Appends it as one batch, less the shards that were lost to another owner since the poll. */
    private void append(List<PolledShard> polled) {
        var started = System.nanoTime();
        var intakes = polled.stream()
                .filter(shard -> shards.isOpen(shard.shard()))
                .map(this::intake)
                .toList();
        if (!intakes.isEmpty()) {
            tell(engine.run(intakes), started);
        }
    }

    private ShardIntake intake(PolledShard polled) {
        return new ShardIntake(shards.position(polled.shard()), polled.nextOffset(), polled.records());
    }

    private void tell(BatchOutcome outcome, long startedNanos) {
        for (var appended : outcome.appended()) {
            shards.moved(appended.batch().to());
            lagToShow.add(appended.batch().shard());
        }
        teller.committed(outcome.appended());
        if (!outcome.fenced().isEmpty()) {
            log.warn("fenced: another instance moved the shards {}", outcome.fenced());
            metrics.fenced(outcome.fenced().size());
            shards.close(outcome.fenced());
        }
        outcome.toGoOn().forEach(teller::letGoOn);
        metrics.committed(outcome, System.nanoTime() - startedNanos);
    }

    /** Where the shards stand, for Kafka's tools; what counts is in the database, so a failure costs nothing. */
    private void showLag(Instant now) {
        if (lagToShow.isEmpty() || now.isBefore(showLagAt)) {
            return;
        }
        showLagAt = now.plus(SHOW_LAG_EVERY);
        var offsets = lagToShow.stream()
                .filter(shards::isOpen)
                .collect(Collectors.toMap(
                        shard -> new TopicPartition(Topics.LEDGER_INTAKE, shard),
                        shard -> new OffsetAndMetadata(shards.position(shard).nextOffset())));
        lagToShow.clear();
        consumer.commitAsync(offsets, (committed, failure) -> {
            if (failure != null) {
                log.debug("Kafka was not told where {} stand", committed.keySet(), failure);
            }
        });
    }

    /** When the worker last began a turn. */
    Instant aliveAt() {
        return aliveAt;
    }

    @Override
    public void close() {
        closing = true;
    }
}
