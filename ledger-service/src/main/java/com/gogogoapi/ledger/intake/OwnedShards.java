package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.aggregate.AccountEngine;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.publication.PublicationThread;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards a worker owns and where each stands, in the states and by the transitions of {@link ShardState}.
 *
 * <p>A shard is first assigned by Kafka, and paused; then opened: its position is read from the database, which alone
 * knows what is in the log, and its consumer sent there. Whatever leaves a position uncertain — a failed statement, a
 * fence — closes the shard again, to be opened anew.
 */
final class OwnedShards {

    private static final Logger log = LoggerFactory.getLogger(OwnedShards.class);

    /** How long what a former owner did at the last moment can stay unknown. */
    static final Duration REVERIFY_EVERY = Duration.ofSeconds(5);

    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final Consumer<String, byte[]> consumer;
    private final LedgerLog ledgerLog;
    private final PublicationThread publicationThread;
    private final AccountEngine engine;
    private final IntakeGaps gaps;
    private final Map<Integer, ShardState> states = new TreeMap<>();
    /** Of the open ones. */
    private final Map<Integer, ShardPosition> positions = new HashMap<>();

    private final Set<Integer> moved = new TreeSet<>();
    private Instant reverifyAt = Instant.MIN;

    OwnedShards(
            Consumer<String, byte[]> consumer,
            LedgerLog ledgerLog,
            PublicationThread publicationThread,
            AccountEngine engine,
            IntakeGaps gaps) {
        this.consumer = consumer;
        this.ledgerLog = ledgerLog;
        this.publicationThread = publicationThread;
        this.engine = engine;
        this.gaps = gaps;
    }

    /** Kafka's word that these shards are ours; nothing of them is read until they are opened. */
    void assign(Collection<Integer> shards) {
        shards.forEach(shard -> become(ShardState.ASSIGNED, shard));
        pause(shards);
        // Anywhere, so that nobody asks Kafka where it left off: the database says so, before anything is read.
        shards.forEach(shard -> consumer.seek(partition(shard), 0));
    }

    /** After this nothing of these shards is read, until they are opened anew: it is uncertain where they stand. */
    void close(Collection<Integer> shards) {
        shards.forEach(shard -> become(ShardState.CLOSED, shard));
        pause(shards);
    }

    /** Closes them since Kafka no longer has what was to be read next, which stays so whatever it has later. */
    void lose(Collection<Integer> shards) {
        try {
            for (var shard : shards) {
                if (isOpen(shard)) {
                    gaps.found(position(shard));
                }
            }
        } catch (SQLException e) {
            log.error("the database does not answer; a gap of the intake in {} is looked for again", shards, e);
        }
        close(shards);
    }

    void giveUp(Collection<Integer> shards) {
        publicationThread.giveUp(shards);
        shards.forEach(gaps::forget);
        shards.forEach(shard -> become(ShardState.GIVEN_UP, shard));
        engine.close(shards);
        log.info("shards given up: {}", shards);
    }

    private void become(ShardState next, int shard) {
        states.put(shard, stateOf(shard).become(next, shard));
        if (next != ShardState.OPEN) {
            positions.remove(shard);
        }
    }

    private ShardState stateOf(int shard) {
        return states.getOrDefault(shard, ShardState.GIVEN_UP);
    }

    private void pause(Collection<Integer> shards) {
        consumer.pause(shards.stream().map(OwnedShards::partition).toList());
    }

    /** Whether there are some, and all of them are open or wait for an operator. */
    boolean areSettled() {
        return !states.isEmpty() && !areToBeOpened();
    }

    boolean areToBeOpened() {
        return states.values().stream().anyMatch(ShardState::isToBeOpened);
    }

    /** Opens what is to be opened, if the database answers; otherwise it stays to be opened. */
    void open() throws SQLException {
        var toOpen = states.keySet().stream()
                .filter(shard -> stateOf(shard).isToBeOpened())
                .toList();
        if (toOpen.isEmpty()) {
            return;
        }
        // The positions first: what a former owner still commits after that fences or is found out, and is read anew.
        var found = ledgerLog.positionsOf(toOpen);
        var starts = startsOf(found);
        engine.open(starts.keySet());
        for (var position : found) {
            var start = starts.get(position.shard());
            if (start == null) {
                become(ShardState.STOPPED, position.shard());
                continue;
            }
            publicationThread.takeOver(position.shard());
            var from = start.passing() == null ? Optional.of(position) : passedGap(position, start);
            if (from.isEmpty()) {
                become(ShardState.STOPPED, position.shard());
                continue;
            }
            consumer.seek(partition(position.shard()), where(start, from.get()));
            consumer.resume(Set.of(partition(position.shard())));
            become(ShardState.OPEN, position.shard());
            positions.put(position.shard(), from.get());
        }
        log.info("shards opened: {}", starts.keySet());
    }

    /** With the epoch of what was read before, Kafka refuses where its log has come to be another since. */
    private static OffsetAndMetadata where(IntakeGaps.Start start, ShardPosition from) {
        var epoch = from.leaderEpoch();
        return new OffsetAndMetadata(
                start.offset(), epoch == ShardPosition.NO_EPOCH ? Optional.empty() : Optional.of(epoch), "");
    }

    /** That a gap is passed, and by whose word, is in the log before anything is read behind it. */
    private Optional<ShardPosition> passedGap(ShardPosition position, IntakeGaps.Start start) throws SQLException {
        var gap = Objects.requireNonNull(start.passing());
        var fault = engine.faultOf(gap);
        if (fault != null) {
            log.error("shard {} does not go on behind {}: {}", gap.shard(), gap.expectedOffset(), fault);
            return Optional.empty();
        }
        try {
            var batch = engine.passGap(gap, start.offset());
            var outcome = batch.append(List.of(position));
            engine.applyOutcome(batch, outcome);
            publicationThread.committed(outcome.appended());
            return outcome.appended().stream()
                    .map(appended -> appended.batch().to())
                    .findFirst();
        } catch (LogUnavailableException e) {
            throw new SQLException("That a gap is passed could not be written.", e);
        }
    }

    /** Where those go on that can: of which the intake has everything from where they stand, or that may pass a gap. */
    private Map<Integer, IntakeGaps.Start> startsOf(List<ShardPosition> found) throws SQLException {
        var partitions =
                found.stream().map(position -> partition(position.shard())).toList();
        var first = consumer.beginningOffsets(partitions, KAFKA_ANSWERS_WITHIN);
        var end = consumer.endOffsets(partitions, KAFKA_ANSWERS_WITHIN);
        var starts = new TreeMap<Integer, IntakeGaps.Start>();
        for (var position : found) {
            var partition = partition(position.shard());
            gaps.startOf(position, first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L))
                    .ifPresent(start -> starts.put(position.shard(), start));
        }
        return starts;
    }

    /**
     * Looks now and then whether the open shards stand where they are believed to stand. A former owner's last statement
     * may have been under way while the shard was taken over: whoever takes it over could not see it, and would learn of
     * it only with the shard's next record.
     */
    void reverify(Instant now) throws SQLException {
        if (now.isBefore(reverifyAt)) {
            return;
        }
        reverifyAt = now.plus(REVERIFY_EVERY);
        // An operator may have accepted the gap by now.
        close(states.keySet().stream()
                .filter(shard -> stateOf(shard) == ShardState.STOPPED)
                .toList());
        if (positions.isEmpty()) {
            return;
        }
        var moved = ledgerLog.positionsOf(positions.keySet()).stream()
                .filter(actual -> !actual.isAt(position(actual.shard())))
                .map(ShardPosition::shard)
                .toList();
        if (!moved.isEmpty()) {
            log.warn("a former owner moved the shards {} after they were taken over; they are opened anew", moved);
            close(moved);
        }
    }

    boolean isOpen(int shard) {
        return stateOf(shard) == ShardState.OPEN;
    }

    private void requireOpen(int shard) {
        if (!isOpen(shard)) {
            throw new IllegalStateException("Shard " + shard + " must be OPEN; it is " + stateOf(shard) + ".");
        }
    }

    ShardPosition position(int shard) {
        requireOpen(shard);
        return Objects.requireNonNull(positions.get(shard));
    }

    List<ShardPosition> positions(Collection<Integer> shards) {
        return shards.stream().map(this::position).toList();
    }

    void moved(ShardPosition to) {
        requireOpen(to.shard());
        positions.put(to.shard(), to);
        moved.add(to.shard());
    }

    /** Where those open shards stand that moved since this was last asked. */
    List<ShardPosition> takeMoved() {
        var stands = moved.stream().filter(this::isOpen).map(this::position).toList();
        moved.clear();
        return stands;
    }

    private static TopicPartition partition(int shard) {
        return new TopicPartition(Topics.LEDGER_INTAKE, shard);
    }
}
