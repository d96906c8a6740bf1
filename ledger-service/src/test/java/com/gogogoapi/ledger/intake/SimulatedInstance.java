package com.gogogoapi.ledger.intake;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.aggregate.AccountEngine;
import com.gogogoapi.ledger.aggregate.SetAside;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.publication.ExpiringGrants;
import com.gogogoapi.ledger.publication.LogSender;
import com.gogogoapi.ledger.publication.Publication;
import com.gogogoapi.ledger.publication.PublicationPositions;
import com.gogogoapi.ledger.publication.PublicationThread;
import com.gogogoapi.ledger.snapshot.Snapshots;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.IntakeGuard;
import com.gogogoapi.ledger.trust.IntakeKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** One intake worker as it ships, on whatever Kafka and log it is given, moved by hand turn by turn. */
public final class SimulatedInstance {

    private static final int MAX_CACHED_ACCOUNTS = 2;

    /** Batches of two records are large here, so that there are both kinds. */
    private static final int AT_ONCE = 1;

    private final WhenAwaited appends = new WhenAwaited();
    private final IntakeWorker worker;

    /** Where the intake no longer has what a shard was to read next. */
    public interface Gaps {

        /** @param passing by whose word a shard goes on behind a gap; null if there is none */
        record Start(long offset, @Nullable GapAcceptance passing) {}

        /** Of an intake that loses nothing: a gap is a defect. */
        Gaps NONE = new Gaps() {
            @Override
            public Optional<Start> startOf(ShardPosition position, long first, long end) {
                if (position.nextOffset() < first || position.nextOffset() > end) {
                    throw new AssertionError(position + " is not from " + first + " to " + end);
                }
                return Optional.of(new Start(position.nextOffset(), null));
            }

            @Override
            public void found(ShardPosition position) {
                throw new AssertionError("something was lost before " + position);
            }
        };

        Optional<Start> startOf(ShardPosition position, long first, long end) throws SQLException;

        void found(ShardPosition position) throws SQLException;
    }

    private record AsTheyAreKept(Gaps gaps) implements IntakeGaps {

        @Override
        public Optional<IntakeGaps.Start> startOf(ShardPosition position, long first, long end) throws SQLException {
            return gaps.startOf(position, first, end)
                    .map(start -> new IntakeGaps.Start(start.offset(), start.passing()));
        }

        @Override
        public void found(ShardPosition position) throws SQLException {
            gaps.found(position);
        }

        @Override
        public void forget(int shard) {
            // What is kept for health alone.
        }
    }

    /** One that knows no secrets, of shards that ask for none yet. */
    public SimulatedInstance(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            Supplier<Producer<String, byte[]>> logProducers,
            LedgerLog ledgerLog,
            Snapshots snapshots,
            PublicationPositions positions,
            ExpiringGrants expiringGrants,
            Gaps gaps,
            HoldPolicy policy,
            int shards,
            Clock clock) {
        this(
                consumer,
                producer,
                logProducers,
                ledgerLog,
                snapshots,
                positions,
                expiringGrants,
                gaps,
                policy,
                shards,
                clock,
                new IntakeGuard(new IntakeKeys(List.of(), shards)),
                (record, refusal) -> {
                    throw new AssertionError(record + " was refused: " + refusal);
                },
                null);
    }

    public SimulatedInstance(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            Supplier<Producer<String, byte[]>> logProducers,
            LedgerLog ledgerLog,
            Snapshots snapshots,
            PublicationPositions positions,
            ExpiringGrants expiringGrants,
            Gaps gaps,
            HoldPolicy policy,
            int shards,
            Clock clock,
            IntakeGuard guard,
            SetAside setAside,
            @Nullable IntakeSecret secret) {
        var unsealed = new EventPublisher(producer, clock, "/ledger-service");
        var publisher = secret == null ? unsealed : unsealed.as(secret);
        var meters = new SimpleMeterRegistry();
        var engine = new AccountEngine(ledgerLog, snapshots, policy, MAX_CACHED_ACCOUNTS, guard, setAside);
        var publicationThread = new PublicationThread(
                new Publication(ledgerLog, positions, expiringGrants, publisher, new LogSender(logProducers), shards),
                new AtOnce());
        var metrics = new IntakeMetrics(meters, 0);
        var owned = new OwnedShards(consumer, ledgerLog, publicationThread, engine, new AsTheyAreKept(gaps));
        worker = new IntakeWorker(
                consumer,
                engine,
                publicationThread,
                owned,
                new AppendPipeline(engine, owned, publicationThread, metrics, appends, consumer::wakeup, AT_ONCE),
                new IntakeRecords(new DeadLetters(publisher, meters)),
                metrics,
                clock);
        worker.subscribe();
    }

    public void turn() {
        worker.turn();
    }

    /** Whether a batch is being appended that the worker does not wait for yet. */
    public boolean isAppending() {
        return !appends.isIdle();
    }

    /** What the appending thread does meanwhile. */
    public void append() {
        appends.resume();
    }
}
