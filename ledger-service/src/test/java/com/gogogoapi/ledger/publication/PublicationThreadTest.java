package com.gogogoapi.ledger.publication;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.account.budget.Rates;
import com.gogogoapi.ledger.aggregate.BatchOutcome.AppendedShard;
import com.gogogoapi.ledger.aggregate.BatchOutcome.DecidedCommand;
import com.gogogoapi.ledger.aggregate.Decide;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.LedgerDatabase;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told beside the work: nothing is lost, and the order stays. The log is a real PostgreSQL. */
@Tag("integration")
class PublicationThreadTest {

    private static final int SHARD = 3;
    /** Three of them are fewer than an account remembers. */
    private static final int LARGE = 80;

    private final SlowProducer producer = new SlowProducer();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private AccountState state = AccountState.NEW;
    private long pos;
    private PublicationThread publicationThread;

    /** Sends nothing before it is let. */
    private static final class SlowProducer extends MockProducer<String, byte[]> {

        private final CountDownLatch let = new CountDownLatch(1);
        private final List<Long> positions = new ArrayList<>();
        private boolean broken;

        SlowProducer() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            try {
                let.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (broken) {
                throw new ArithmeticException("a defect");
            }
            assertThat(record.topic()).isEqualTo(Topics.LEDGER_EVENTS);
            var sequence = new String(
                    record.headers().lastHeader("ce_sequence").value(), java.nio.charset.StandardCharsets.UTF_8);
            synchronized (positions) {
                positions.add(Long.valueOf(sequence));
            }
            var sent = new RecordMetadata(new TopicPartition(record.topic(), SHARD), 0, 0, 0, 0, 0);
            callback.onCompletion(sent, null);
            return CompletableFuture.completedFuture(sent);
        }

        List<Long> positions() {
            synchronized (positions) {
                return List.copyOf(positions);
            }
        }
    }

    @BeforeEach
    void takeOver() throws SQLException {
        var postgres = LedgerDatabase.empty("publication");
        var publisher = new EventPublisher(producer, Clock.fixed(NOON, ZoneOffset.UTC), "/ledger-service");
        var publication = new Publication(
                new PostgresLedgerLog(postgres),
                new PostgresPublicationPositions(postgres),
                new PostgresExpiringGrants(postgres),
                publisher,
                new LogSender(() -> producer),
                SHARD + 1);
        publicationThread = new PublicationThread(publication, thread);
        publicationThread.takeOver(SHARD);
    }

    @AfterEach
    void end() {
        producer.let.countDown();
        publicationThread.close();
        worker.shutdownNow();
    }

    private AppendedShard batch(int events) {
        var from = new ShardPosition(SHARD, pos, pos, ShardPosition.NO_EPOCH, HashChain.genesis());
        var rows = new ArrayList<StoredEvent>();
        var decided = new ArrayList<DecidedCommand>();
        for (var i = 0; i < events; i++) {
            var intake = aGrantOf("1.00", "grant " + ++pos);
            var decision = RULES.decide(state, intake, NOON, null);
            var event = eventOf(decision);
            state = state.evolve(event);
            var command = new Decide(ACCOUNT.value(), intake, SHARD, TimeOrderedIds.next(), null, null, NOON, null);
            rows.add(new StoredEvent(
                    SHARD,
                    pos,
                    ACCOUNT.value(),
                    pos - 1,
                    EventIds.of(event),
                    EventType.of(event).wireName(),
                    EventJson.write(event),
                    command.causationId(),
                    null,
                    NOON.toEpochMilli()));
            decided.add(new DecidedCommand(command, decision, Rates.NONE));
        }
        var batch = ShardBatch.of(from, rows, List.of(), List.of(), pos, ShardPosition.NO_EPOCH);
        return new AppendedShard(batch, rows.stream().map(StoredEvent::event).toList(), decided);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void largeBatchesAreToldBesideTheWorkInOrder() throws SQLException {
        publicationThread.committed(List.of(batch(LARGE)));
        publicationThread.committed(List.of(batch(LARGE)));
        assertThat(producer.positions()).as("the worker went on meanwhile").isEmpty();

        producer.let.countDown();
        // A small one has to stand behind the large ones before it.
        publicationThread.committed(List.of(batch(1)));
        publicationThread.giveUp(List.of());
        assertThat(producer.positions()).isEqualTo(upTo(2 * LARGE + 1));
    }

    @Test
    void theWorkerIsAtMostTwoBatchesAhead() {
        var third = worker.submit(() -> {
            for (var i = 0; i < 3; i++) {
                publicationThread.committed(List.of(batch(LARGE)));
            }
        });
        await().atMost(Duration.ofMinutes(2)).until(() -> pos == 3 * LARGE);
        assertThat(third.isDone()).isFalse();

        producer.let.countDown();
        await().atMost(Duration.ofMinutes(2)).until(third::isDone);
        publicationThread.giveUp(List.of());
        assertThat(producer.positions()).isEqualTo(upTo(3 * LARGE));
    }

    @Test
    void aSmallBatchIsToldBeforeTheWorkerGoesOn() {
        producer.let.countDown();
        publicationThread.committed(List.of(batch(2)));
        assertThat(producer.positions()).isEqualTo(upTo(2));
    }

    @Test
    void closingTellsWhatIsStillToBeTold() {
        publicationThread.committed(List.of(batch(LARGE)));
        producer.let.countDown();
        publicationThread.close();
        assertThat(producer.positions()).isEqualTo(upTo(LARGE));
    }

    @Test
    void afterADefectNothingWaitsForever() {
        producer.broken = true;
        producer.let.countDown();
        publicationThread.committed(List.of(batch(LARGE)));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThatThrownBy(() -> publicationThread.committed(List.of(batch(1))))
                        .isInstanceOf(IllegalStateException.class));
        assertThatThrownBy(() -> publicationThread.committed(List.of(batch(LARGE))))
                .isInstanceOf(IllegalStateException.class);
        var givenUp = worker.submit(() -> publicationThread.giveUp(List.of()));
        await().atMost(Duration.ofMinutes(2)).until(givenUp::isDone);
        assertThatThrownBy(givenUp::get).hasRootCauseMessage("a defect");
    }

    @Test
    void aDefectOnTheOtherThreadEndsTheWorker() {
        producer.broken = true;
        producer.let.countDown();
        publicationThread.committed(List.of(batch(LARGE)));
        assertThatThrownBy(() -> publicationThread.giveUp(List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a defect");
        assertThatThrownBy(() -> publicationThread.committed(List.of(batch(1))))
                .isInstanceOf(IllegalStateException.class);
    }
}
