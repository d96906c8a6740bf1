package com.gogogoapi.proxy.outbox;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.embedded.Infrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Instances of the proxy as far as their outboxes go, on one database that can be taken away. */
final class Instances {

    static final Duration SOON = Duration.ofMinutes(2);

    private static final long MAX_FILE_BYTES = 1_000_000;

    private final Path folder;
    private final Database database = new Database();
    final JdbcClient jdbc = JdbcClient.create(database.lasting());

    Instances(Path folder) {
        this.folder = folder;
        Flyway.configure()
                .dataSource(database.lasting())
                .locations("classpath:db/proxy-service")
                .load()
                .migrate();
    }

    private static final class Database extends DelegatingDataSource {

        private volatile boolean away;

        Database() {
            var made = Infrastructure.shared().newDatabase("outbox");
            setTargetDataSource(new DriverManagerDataSource(made.jdbcUrl(), made.username(), made.password()));
        }

        DataSource lasting() {
            return obtainTargetDataSource();
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLException("The database is away.");
            }
            return super.getConnection();
        }
    }

    void takeDatabaseAway() {
        database.away = true;
    }

    void bringDatabaseBack() {
        database.away = false;
    }

    /** Time passes, as far as who may publish what goes. */
    void everythingIsDue() {
        jdbc.sql("update request_outbox set due_at = now()").update();
    }

    long rows() {
        return jdbc.sql("select count(*) from request_outbox").query(Long.class).single();
    }

    /** @param name lasting; null for none */
    Instance start(@Nullable String name) {
        return startWith(name, kafka(false));
    }

    /** One whose files have no room. */
    Instance startWithoutFiles() {
        var kafka = kafka(false);
        return new Instance(null, kafka, new EventPublisher(kafka, Clock.systemUTC(), "/test"), 0);
    }

    /** One whose Kafka takes everything at once. */
    Instance startWithKafka() {
        return startWith(null, kafka(true));
    }

    private Instance startWith(@Nullable String name, MockProducer<String, byte[]> kafka) {
        return new Instance(name, kafka, new EventPublisher(kafka, Clock.systemUTC(), "/test"));
    }

    /** One on a real Kafka. */
    Instance startOn(EventPublisher kafka) {
        return new Instance(null, null, kafka);
    }

    private static MockProducer<String, byte[]> kafka(boolean takesEverything) {
        return new MockProducer<>(
                takesEverything, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    /** One of them, with a Kafka of its own that takes things when it is told to. */
    final class Instance {

        private final @Nullable MockProducer<String, byte[]> kafka;
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final CompletionSender sender;
        final OutboxFiles files;
        final OutboxRows rows;
        final OutboxPublisher publisher;
        final Outbox outbox;
        final OutboxHealthIndicator health;

        private Instance(@Nullable String name, @Nullable MockProducer<String, byte[]> kafka, EventPublisher toKafka) {
            this(name, kafka, toKafka, MAX_FILE_BYTES);
        }

        private Instance(
                @Nullable String name,
                @Nullable MockProducer<String, byte[]> kafka,
                EventPublisher toKafka,
                long maxFileBytes) {
            this.kafka = kafka;
            sender = new CompletionSender(toKafka);
            var properties = new OutboxProperties(folder, Duration.ofMillis(50), Duration.ofSeconds(30), maxFileBytes);
            files = new OutboxFiles(properties);
            rows = new OutboxRows(
                    database, new InstallationProperties("0123456789abcdef0123456789abcdef", 16, (short) 1, name));
            publisher = new OutboxPublisher(sender, rows, files, meters);
            outbox = new Outbox(sender, rows, files, publisher, properties, meters);
            health = new OutboxHealthIndicator(publisher, files);
        }

        private MockProducer<String, byte[]> kafka() {
            return Objects.requireNonNull(kafka);
        }

        /** What is on its way is taken. */
        void kafkaTakesWhatIsOnItsWay() {
            Awaitility.await().atMost(SOON).until(() -> {
                while (kafka().completeNext()) {}
                return sender.inFlight() == 0;
            });
        }

        /** What is on its way has waited for longer than a producer does. */
        void kafkaRefusesWhatIsOnItsWay() {
            Awaitility.await().atMost(SOON).until(() -> {
                while (kafka().errorNext(new TimeoutException("120000 ms has passed"))) {}
                return sender.inFlight() == 0;
            });
        }

        /** Everything that was handed to Kafka, taken or not. */
        List<UpstreamCompleted> sent() {
            return kafka().history().stream()
                    .map(record -> EventRecords.decode(record.headers(), record.value()))
                    .map(decoded -> (UpstreamCompleted) ((Decoded.Known) decoded).event())
                    .toList();
        }

        List<String> sentIds() {
            return kafka().history().stream()
                    .map(record ->
                            new String(record.headers().lastHeader("ce_id").value()))
                    .toList();
        }

        void tick() {
            publisher.tick();
        }

        /** So many turns that it trusts what it sees. */
        Instance runningForAWhile() {
            for (var turn = 0; turn < OutboxPublisher.TICKS_TO_RENEW; turn++) {
                tick();
            }
            return this;
        }
    }
}
