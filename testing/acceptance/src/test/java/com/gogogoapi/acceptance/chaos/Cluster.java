package com.gogogoapi.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.acceptance.Audited;
import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Prices;
import com.gogogoapi.fixtures.Route;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL and a Kafka of their own and the ledgers that run on them: all that a chaos test may break.
 *
 * <p>PostgreSQL is a process that can be killed, Kafka lives in this JVM and can be stopped; both start again on their data and
 * their port.
 */
final class Cluster implements AutoCloseable {

    static final int SHARDS = 8;

    static final Duration HOLDS_LIVE = Duration.ofSeconds(3);

    private static final String TEST = "chaos-test";

    private final String name;
    private final Path postgresFolder;
    private final Path kafkaFolder;
    private final Map<BrokerUser, String> kafkaPasswords = Passwords.ofAllBrokerUsers();
    private final KafkaClients clients;
    private final Database database;
    private final Duration holdsLive;
    private final int postgresPort;
    private final List<LedgerProcess> ledgers = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private EmbeddedKafka kafka;
    private boolean kafkaIsAway;

    private Cluster(String name, Path folder, Duration holdsLive) throws IOException, SQLException {
        this.name = name;
        this.holdsLive = holdsLive;
        this.postgresFolder = folder.resolve("postgres");
        this.postgres = EmbeddedPostgres.start(postgresFolder, 0);
        this.postgresPort = postgres.port();
        this.database = postgres.database("ledger");
        this.kafkaFolder = folder.resolve("kafka");
        this.kafka = EmbeddedKafka.start(kafkaFolder, 0, kafkaPasswords);
        this.clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), TEST);
    }

    /** One whose holds live for {@link #HOLDS_LIVE}. @param name begins the names of the ledgers' log files */
    static Cluster start(String name, Path folder) throws IOException, SQLException {
        return start(name, folder, HOLDS_LIVE);
    }

    static Cluster start(String name, Path folder, Duration holdsLive) throws IOException, SQLException {
        var cluster = new Cluster(name, folder, holdsLive);
        InstalledTopics.ensure(
                cluster.clients,
                new InstallationProperties("a secret that signs nothing here", SHARDS, (short) 1, null));
        cluster.publishPrice();
        return cluster;
    }

    /** What everything is sold at here: the auditor wants to see it, and proxies to sell by it. */
    private void publishPrice() {
        var limits = new RouteLimits(1_000_000, 100_000, 10_000);
        var price = Prices.aPriceNamed(
                Route.FLASH.priceVersion(), Route.FLASH.model(), Route.FLASH.prices(), limits, Instant.EPOCH);
        clients.publisher(Clock.systemUTC(), "/chaos-test")
                .send(EventRecords.record(
                        Topics.ROUTE_PRICES,
                        null,
                        price.version(),
                        price,
                        EventMetadata.of(TimeOrderedIds.next(), "/chaos-test", Instant.now())))
                .join();
    }

    /** One more ledger, not yet ready. */
    LedgerProcess startLedger() {
        var ledger = LedgerProcess.start(
                name + "-" + (ledgers.size() + 1), database, kafka.as(BrokerUser.LEDGER_SERVICE), SHARDS, holdsLive);
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

    /** Stops Kafka; nobody reaches it until it is back. */
    void takeKafkaAway() {
        kafka.close();
        kafkaIsAway = true;
    }

    /** Starts Kafka on what it has, where it was. */
    void bringKafkaBack() throws IOException {
        var port = Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", ""));
        kafka = EmbeddedKafka.start(kafkaFolder, port, kafkaPasswords);
        kafkaIsAway = false;
    }

    KafkaClients kafka() {
        return clients;
    }

    KafkaAccess kafkaAs(BrokerUser user) {
        return kafka.as(user);
    }

    /** One more database on the same server. */
    Database newDatabase(String name) throws SQLException {
        return postgres.database(name);
    }

    /** What {@code ./gogogo audit verify} says of log and topic. */
    Audited audited(Path folder) throws IOException, InterruptedException {
        var login = folder.resolve("auditor.properties");
        Files.write(
                login,
                kafka.as(BrokerUser.AUDITOR).clientSettings().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        return Audited.run("verify", "--jdbc", database.urlWithLogin(), "--kafka", login.toString());
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
        return awaitRest(atMost, evidence -> true);
    }

    /** The same, and until the evidence has what it must have. */
    Evidence awaitRest(Duration atMost, Predicate<Evidence> hasAll) throws SQLException {
        try {
            return await("no intake is left, no hold is open, everything is published, and all that must be is there")
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> Evidence.collect(this), evidence -> evidence.isAtRest() && hasAll.test(evidence));
        } catch (ConditionTimeoutException e) {
            new Books(Evidence.collect(this)).assertRight();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        ledgers.forEach(LedgerProcess::close);
        clients.close();
        if (!kafkaIsAway) {
            kafka.close();
        }
        postgres.close();
    }
}
