package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.aggregate.AccountEngine;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.publication.PublicationThread;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns some shards: poll, then what {@link AppendPipeline} does with it.
 *
 * <pre>
 * assigned ──▶ opened ──▶ poll ─▶ decide ─▶ append ─▶ publish ─▶ (poll)
 *     ▲                                       │
 *     └──── fenced, or the database failed ◀──┘
 * </pre>
 *
 * Offsets live in the database, in the same statement as the events they brought; Kafka is told them too, only so that
 * its tools can show the lag.
 */
final class IntakeWorker implements Runnable, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IntakeWorker.class);

    /** Whoever waits for more than records wakes the consumer; what begins while shards are shared out does not. */
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration POLL_UNTIL_SETTLED = Duration.ofMillis(100);

    /** How often is done what nobody waits for: holds looked through, positions saved and verified again. */
    private static final Duration MAINTAIN_EVERY = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final AccountEngine engine;
    private final PublicationThread publicationThread;
    private final IntakeRecords intakeRecords;
    private final OwnedShards shards;
    private final AppendPipeline pipeline;
    private final IntakeMetrics metrics;
    private final Clock clock;
    private volatile boolean closing;
    private volatile Instant aliveAt;
    private Instant maintainAt = Instant.MIN;
    private @Nullable RuntimeException defect;

    IntakeWorker(
            Consumer<String, byte[]> consumer,
            AccountEngine engine,
            PublicationThread publicationThread,
            OwnedShards shards,
            AppendPipeline pipeline,
            IntakeRecords intakeRecords,
            IntakeMetrics metrics,
            Clock clock) {
        this.consumer = consumer;
        this.engine = engine;
        this.publicationThread = publicationThread;
        this.shards = shards;
        this.pipeline = pipeline;
        this.intakeRecords = intakeRecords;
        this.metrics = metrics;
        this.clock = clock;
        this.aliveAt = clock.instant();
    }

    @Override
    public void run() {
        try (consumer;
                publicationThread;
                pipeline) {
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
            pipeline.finish();
        } catch (RuntimeException | Error e) {
            // A defect: the worker ends and health says so, rather than working with a state nobody understands.
            log.error("the intake worker ended", e);
            throw e;
        }
    }

    void subscribe() {
        consumer.subscribe(List.of(Topics.LEDGER_INTAKE), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                if (!partitions.isEmpty()) {
                    noteDefect(() -> shards.assign(shardsOf(partitions)));
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                if (!partitions.isEmpty()) {
                    noteDefect(() -> {
                        pipeline.finish();
                        shards.giveUp(shardsOf(partitions));
                    });
                }
            }
        });
    }

    /** Kafka makes a fault of its own of what is thrown to it, and carries on. */
    private void noteDefect(Runnable whileSharedOut) {
        try {
            whileSharedOut.run();
        } catch (RuntimeException e) {
            defect = e;
            throw e;
        }
    }

    private static List<Integer> shardsOf(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }

    /** One turn; everything this worker does, it does in a turn. */
    void turn() {
        maintain(clock.instant());
        ConsumerRecords<String, byte[]> records;
        try {
            records = consumer.poll(shards.areSettled() ? POLL : POLL_UNTIL_SETTLED);
        } catch (WakeupException e) {
            records = ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException e) {
            log.error("the intake does not have what is to be read next: {}", e.offsetOutOfRangePartitions());
            pipeline.finish();
            shards.lose(shardsOf(e.offsetOutOfRangePartitions().keySet()));
            records = ConsumerRecords.empty();
        } catch (KafkaException e) {
            if (defect != null) {
                throw defect;
            }
            log.warn("Kafka does not answer; trying again", e);
            records = ConsumerRecords.empty();
        }
        if (records.isEmpty()) {
            pipeline.finishIfAppended();
        } else {
            pipeline.take(polled(records));
        }
    }

    private List<PolledShard> polled(ConsumerRecords<String, byte[]> records) {
        return records.partitions().stream()
                .map(partition -> polled(partition.partition(), records.records(partition)))
                .toList();
    }

    private PolledShard polled(int shard, List<ConsumerRecord<String, byte[]>> records) {
        var last = records.getLast();
        return new PolledShard(
                shard, last.offset() + 1, last.leaderEpoch().orElse(ShardPosition.NO_EPOCH), intakeRecords.of(records));
    }

    /** What has to be done now and then, when nothing is under way. */
    private void maintain(Instant now) {
        if (!shards.areToBeOpened() && now.isBefore(maintainAt)) {
            return;
        }
        maintainAt = now.plus(MAINTAIN_EVERY);
        pipeline.finish();
        try {
            shards.open();
            shards.reverify(now);
            metrics.parkedAccounts(engine.parkedAccounts());
            publicationThread.maintain(now);
            metrics.unpublishedEvents(publicationThread.unpublished());
        } catch (SQLException e) {
            log.warn("the database does not answer; trying again", e);
            metrics.databaseFailed();
        } catch (KafkaException e) {
            log.warn("Kafka does not say what there is to read; trying again", e);
        }
        showLag();
    }

    /** Where the shards stand, for Kafka's tools; what counts is in the database, so a failure costs nothing. */
    private void showLag() {
        var offsets = shards.takeMoved().stream()
                .collect(Collectors.toMap(
                        position -> new TopicPartition(Topics.LEDGER_INTAKE, position.shard()),
                        position -> new OffsetAndMetadata(position.nextOffset())));
        if (offsets.isEmpty()) {
            return;
        }
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
