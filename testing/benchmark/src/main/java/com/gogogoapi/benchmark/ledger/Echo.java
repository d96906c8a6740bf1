package com.gogogoapi.benchmark.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The least that can answer: what one poll brought is followed by one insert of one row with its commit, and then each
 * record is answered with the bytes of a decision. Same broker, same number of partitions, same client settings, same
 * sizes as the ledger.
 */
final class Echo implements ConsumerThread.Reader, AutoCloseable {

    static final String ASKS = "benchmark-asks";
    static final String ANSWERS = "benchmark-answers";

    private static final int WAIT_SECONDS = 30;
    private static final String SOURCE = "/benchmark";

    private final EventPublisher publisher;
    private final Connection connection;
    private final PreparedStatement insert;
    private final byte[] answer;
    private final CountDownLatch reading = new CountDownLatch(1);

    private Echo(EventPublisher publisher, Connection connection, byte[] answer) throws SQLException {
        this.publisher = publisher;
        this.connection = connection;
        this.answer = answer;
        this.insert = connection.prepareStatement("insert into benchmark_echo (payload) values (?)");
    }

    /** What {@link #start} gives: to be closed when nobody asks any more. */
    record Running(Echo echo, ConsumerThread thread) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            thread.close();
            echo.close();
        }
    }

    /** Makes the topics and the table, once a broker and database. */
    static void install(KafkaClients kafka, DataSource dataSource) throws SQLException, InterruptedException {
        try (var admin = kafka.newAdmin()) {
            admin.createTopics(List.of(
                            new NewTopic(ASKS, RunningLedger.SHARDS, (short) 1),
                            new NewTopic(ANSWERS, RunningLedger.SHARDS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka must make the topics.", e);
        }
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table benchmark_echo ("
                    + "id bigint generated always as identity primary key, payload bytea not null)");
        }
    }

    static Running start(KafkaClients kafka, DataSource dataSource) throws SQLException, InterruptedException {
        var account = Workload.account(0);
        var story = new Story(account);
        story.decide(Workload.grant(account), Instant.now());
        var decision = story.decide(Workload.quote(account), Instant.now());
        var echo = new Echo(
                kafka.publisher(Clock.systemUTC(), SOURCE), dataSource.getConnection(), EventJson.write(decision));
        var thread = ConsumerThread.start("benchmark-echo", kafka.newUngroupedConsumer(Map.of()), echo);
        if (!echo.reading.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The echo must read its topic.");
        }
        return new Running(echo, thread);
    }

    @Override
    public void begin(Consumer<String, byte[]> consumer) {
        var partitions = IntStream.range(0, RunningLedger.SHARDS)
                .mapToObj(partition -> new TopicPartition(ASKS, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reading.countDown();
    }

    @Override
    public void read(ConsumerRecords<String, byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            insert.setBytes(1, answer);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (var record : records) {
            var cause = UUID.fromString(
                    new String(record.headers().lastHeader("ce_id").value(), US_ASCII));
            var metadata = EventMetadata.of(TimeOrderedIds.next(), SOURCE, Instant.now())
                    .causedBy(cause);
            publisher.send(EventRecords.record(
                    ANSWERS,
                    RoundTrips.ANSWER_PARTITION,
                    record.key(),
                    EventType.CREDIT_RESERVED.wireName(),
                    answer,
                    metadata));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
