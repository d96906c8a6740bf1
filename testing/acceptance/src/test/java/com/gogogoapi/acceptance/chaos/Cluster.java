package com.gogogoapi.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL and a Kafka of their own and the ledgers that run on them: all that a chaos test may break.
 *
 * <p>PostgreSQL is a process that can be killed and started again on its data and its port; Kafka lives in this JVM and
 * stays.
 */
final class Cluster implements AutoCloseable {

    static final int SHARDS = 8;

    private static final String TEST = "chaos-test";

    private final String name;
    private final Path postgresFolder;
    private final EmbeddedKafka kafka;
    private final KafkaClients clients;
    private final Database database;
    private final int postgresPort;
    private final List<LedgerProcess> ledgers = new ArrayList<>();
    private EmbeddedPostgres postgres;

    private Cluster(String name, Path postgresFolder, EmbeddedPostgres postgres, EmbeddedKafka kafka)
            throws SQLException {
        this.name = name;
        this.postgresFolder = postgresFolder;
        this.postgres = postgres;
        this.postgresPort = postgres.port();
        this.database = postgres.database("ledger");
        this.kafka = kafka;
        this.clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), TEST);
    }

    /** @param name begins the names of the ledgers' log files */
    static Cluster start(String name, Path folder) throws IOException, SQLException {
        var postgresFolder = folder.resolve("postgres");
        var postgres = EmbeddedPostgres.start(postgresFolder, 0);
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Passwords.ofAllBrokerUsers());
        var cluster = new Cluster(name, postgresFolder, postgres, kafka);
        InstalledTopics.ensure(
                cluster.clients,
                new InstallationProperties("a secret that signs nothing here", SHARDS, (short) 1, null));
        return cluster;
    }

    /** One more ledger, not yet ready. */
    LedgerProcess startLedger() {
        var ledger = LedgerProcess.start(
                name + "-" + (ledgers.size() + 1), database, kafka.as(BrokerUser.LEDGER_SERVICE), SHARDS);
        ledgers.add(ledger);
        return ledger;
    }

    /** The ledgers that live, stopped ones among them. */
    List<LedgerProcess> ledgers() {
        return LedgerProcess.alive(ledgers);
    }

    /** {@code kill -9} of the database and a start on what it left. */
    void killAndRestartPostgres() throws IOException {
        postgres.kill();
        postgres = EmbeddedPostgres.start(postgresFolder, postgresPort);
    }

    KafkaClients kafka() {
        return clients;
    }

    DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.username());
        source.setPassword(database.password());
        return source;
    }

    List<ShardPosition> positions() throws SQLException {
        return new PostgresLedgerLog(dataSource())
                .positionsOf(IntStream.range(0, SHARDS).boxed().toList());
    }

    /** Where the intake of each shard ends now. */
    Map<Integer, Long> intakeEnds() {
        try (var consumer = clients.newUngroupedConsumer(Map.of())) {
            var partitions = IntStream.range(0, SHARDS)
                    .mapToObj(shard -> new TopicPartition(Topics.LEDGER_INTAKE, shard))
                    .toList();
            return consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
        }
    }

    /** Waits until every record that is in the intake now has been taken in, by whoever owns its shard meanwhile. */
    void awaitIntakeUntilNowTaken(Duration atMost) {
        var ends = intakeEnds();
        await("all shards have taken in what was sent so far")
                .atMost(atMost)
                .ignoreExceptions()
                .until(() -> positions().stream()
                        .allMatch(position -> position.nextOffset() >= ends.getOrDefault(position.shard(), 0L)));
    }

    /**
     * Waits until nothing is left to happen: all intake taken, all holds ended, everything published. If that never
     * comes, the books say what is wrong.
     */
    Evidence awaitRest(Duration atMost) throws SQLException {
        try {
            return await("no intake is left, no hold is open, everything is published")
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> Evidence.collect(this), Evidence::isAtRest);
        } catch (ConditionTimeoutException e) {
            new Books(Evidence.collect(this)).assertRight();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        ledgers.forEach(LedgerProcess::close);
        clients.close();
        kafka.close();
        postgres.close();
    }
}
