package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.PostgresSource;
import com.gogogoapi.auditor.source.Shards;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.checkpoint.CheckpointMaker;
import com.gogogoapi.ledger.checkpoint.CheckpointStore;
import com.gogogoapi.ledger.checkpoint.ShardEnds;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A log as the ledger's own decisions, log and hash chain make it, of customers who do everything that customers can do:
 * reproducible, in a database of its own, and published to a broker of its own.
 */
final class MadeLog implements AutoCloseable {

    static final int SHARDS = 4;

    private static final String[] UNGUARDED = {
        "alter table ledger_event disable trigger all",
        "alter table ledger_batch disable trigger all",
        "alter table ledger_checkpoint disable trigger all"
    };

    private final SigningKey key = SigningKey.parse(SigningKey.generate());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    private final MadeCustomers customers = new MadeCustomers(random);
    private final Database database = Infrastructure.shared().newDatabase("audited");
    private final EmbeddedKafka kafka;
    private final String kafkaFile;
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final PostgresLedgerLog log;
    private final Map<AccountId, Long> seqs = new HashMap<>();
    private final Map<Integer, ShardPosition> positions = new HashMap<>();

    MadeLog() throws Exception {
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.username());
        dataSource.setPassword(database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/ledger-service")
                .load()
                .migrate();
        execute("insert into ledger_installation (shards) values (" + SHARDS + ")");
        log = new PostgresLedgerLog(dataSource);
        log.positionsOf(java.util.stream.IntStream.range(0, SHARDS).boxed().toList())
                .forEach(position -> positions.put(position.shard(), position));
        kafka = EmbeddedKafka.start(Files.createTempDirectory("audited-kafka-"), 0);
        kafkaFile = kafkaFile(kafka.asProcess());
        try (var admin = Admin.create(kafka.asProcess().clientSettings())) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_EVENTS, SHARDS, (short) 1)))
                    .all()
                    .get();
        }
        MadePrices.publish(kafka.asProcess(), MadePrices.ALL);
    }

    String jdbcUrl() {
        return database.urlWithLogin();
    }

    PGSimpleDataSource dataSource() {
        return dataSource;
    }

    /** As {@code --kafka} is told: a file that says where it is and who is asking. */
    String kafka() {
        return kafkaFile;
    }

    /** The same for any broker. */
    static String kafkaFile(KafkaAccess kafka) throws Exception {
        var settings = kafka.clientSettings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        return Files.write(temporaryFolder().resolve("kafka.properties"), settings)
                .toString();
    }

    /** Another database with the same content, to be spoilt. */
    String copy() throws Exception {
        return Infrastructure.shared().copyOf(database, "spoilt").urlWithLogin();
    }

    /** A copy that somebody did this to. */
    String spoilt(String... statements) throws Exception {
        var copy = copy();
        execute(copy, UNGUARDED);
        execute(copy, statements);
        return copy;
    }

    static List<LogRow> rows(PostgresSource source, int shard) {
        try (var reader = source.shard(shard);
                var cursor = reader.rows()) {
            var rows = new ArrayList<LogRow>();
            for (var row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
            return rows;
        }
    }

    void execute(String sql) throws Exception {
        execute(jdbcUrl(), sql);
    }

    static void execute(String url, String... statements) throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** So many requests of so many new customers, in every way that a request can go. */
    MadeLog live(int newCustomers, int requests) throws Exception {
        customers.live(newCustomers, requests, this::append);
        return this;
    }

    private void append(List<LedgerEvent> events) throws Exception {
        var batches = new ArrayList<ShardBatch>();
        for (var shard = 0; shard < SHARDS; shard++) {
            var from = positions.get(shard);
            var rows = new ArrayList<StoredEvent>();
            for (var event : events) {
                if (Shards.of(event.accountId().value(), SHARDS) == shard) {
                    rows.add(row(event, shard, from.lastPos() + rows.size() + 1));
                }
            }
            if (!rows.isEmpty()) {
                var to = new ShardPosition(
                        shard,
                        from.lastPos() + rows.size(),
                        from.nextOffset() + rows.size(),
                        from.leaderEpoch(),
                        HashChain.next(from.hashHead(), rows));
                batches.add(new ShardBatch(from, rows, List.of(), List.of(), to));
                positions.put(shard, to);
            }
        }
        if (log.append(batches).size() != batches.size()) {
            throw new AssertionError("fenced");
        }
        publish(batches);
        events.clear();
    }

    private StoredEvent row(LedgerEvent event, int shard, long pos) {
        return new StoredEvent(
                shard,
                pos,
                event.accountId().value(),
                seqs.merge(event.accountId(), 0L, (seq, none) -> seq + 1),
                EventIds.of(event),
                EventType.of(event).wireName(),
                EventJson.write(event),
                new UUID(random.nextLong(), random.nextLong()),
                random.nextBoolean() ? "00-trace-" + pos : null,
                event.decidedAt().toEpochMilli());
    }

    private void publish(List<ShardBatch> batches) {
        try (var producer = new KafkaProducer<>(
                kafka.asProcess().clientSettings(Map.of("linger.ms", "0")),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var batch : batches) {
                for (var row : batch.events()) {
                    producer.send(EventRecords.record(
                            Topics.LEDGER_EVENTS,
                            row.shard(),
                            row.accountId(),
                            row.type(),
                            row.payload(),
                            row.metadata()));
                }
            }
            producer.flush();
        }
    }

    /** Signs what is there now, as the ledger does. */
    Checkpoint checkpoint() throws Exception {
        var jdbc = JdbcClient.create(dataSource);
        return new CheckpointMaker(log, new ShardEnds(jdbc), new CheckpointStore(jdbc), key, Clock.systemUTC(), 50_000)
                .makeNext()
                .orElseThrow();
    }

    /** The public key in a file, as an auditor was given it. */
    String keyFile() throws Exception {
        var file = temporaryFolder().resolve("key.pem");
        Files.writeString(file, key.verifyingKey().pem());
        return file.toString();
    }

    static Path temporaryFolder() throws Exception {
        return Files.createTempDirectory("auditor-test-");
    }

    @Override
    public void close() {
        kafka.close();
    }
}
