package com.gogogoapi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data of version 0.2, when the broker knew no users and the database trusted everybody, made here as that version made
 * it: it is all there under the new locks, and the old ways in are closed.
 */
@Tag("integration")
@Tag("long")
class EarlierDataTest {

    @TempDir
    Path folder;

    @Test
    void aBrokersRecordsAreThereForWhoMayReadThem() throws Exception {
        var data = Files.createDirectories(folder.resolve("kafka"));
        anEarlierBrokerKeeps(data, "a record of before");

        var passwords = Passwords.ofAllBrokerUsers();
        // Twice: what the first start makes of the data has to be good for all later ones.
        for (var start = 0; start < 2; start++) {
            try (var kafka = EmbeddedKafka.start(data, 0, passwords)) {
                assertThat(records(kafka.as(BrokerUser.LEDGER_SERVICE))).contains("a record of before");
                assertThat(Outsider.writes(new KafkaAccess.Open(kafka.bootstrapServers()), Topics.LEDGER_INTAKE))
                        .isInstanceOf(TimeoutException.class);
                assertThat(Outsider.writes(kafka.as(BrokerUser.PROXY_SERVICE), Topics.LEDGER_INTAKE))
                        .isNull();
            }
        }
    }

    @Test
    void aBrokersPasswordsFollowWhatIsKeptOfThem() throws Exception {
        var data = folder.resolve("kafka");
        KafkaAccess.Login before;
        try (var kafka = EmbeddedKafka.start(data, 0, Passwords.ofAllBrokerUsers())) {
            before = kafka.as(BrokerUser.PROXY_SERVICE);
        }
        try (var kafka = EmbeddedKafka.start(data, 0, Passwords.ofAllBrokerUsers())) {
            var stale = new KafkaAccess.Login(
                    kafka.bootstrapServers(), before.mechanism(), before.username(), before.password());
            assertThat(Outsider.writes(stale, Topics.LEDGER_INTAKE))
                    .isInstanceOf(org.apache.kafka.common.errors.SaslAuthenticationException.class);
        }
    }

    @Test
    void aDatabasesRowsAreTheirServicesOwn() throws Exception {
        var data = folder.resolve("postgres");
        anEarlierDatabaseKeeps(data);

        var password = Passwords.generate();
        for (var start = 0; start < 2; start++) {
            try (var postgres = EmbeddedPostgres.start(data, 0)) {
                var ledger = postgres.database("ledger", password);
                assertThatThrownBy(() -> DriverManager.getConnection(ledger.jdbcUrl(), "postgres", ""))
                        .isInstanceOf(SQLException.class);
                try (var connection = PostgresLockTest.connect(ledger);
                        var rows = connection.createStatement().executeQuery("select count(*) from event")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(1 + start);
                }
                // As a migration does it: whoever does not own a table cannot.
                PostgresLockTest.execute(
                        ledger,
                        "insert into event (payload) values ('of start %d')".formatted(start),
                        "alter table event add column added_%d int".formatted(start),
                        "create or replace function refuse() returns trigger language plpgsql as"
                                + " 'begin raise exception ''no''; end'",
                        "create or replace view events as select id from event");
                var auditor = postgres.readOnly("ledger", "auditor", password);
                PostgresLockTest.execute(auditor, "select * from event");
            }
        }
    }

    /** The auditor's way: the servers are started on data that nobody has upgraded, and all of it can be read. */
    @Test
    void isReadWithoutAnyUserBeingMade() throws Exception {
        var kafkaData = Files.createDirectories(folder.resolve("kafka"));
        anEarlierBrokerKeeps(kafkaData, "a record of before");
        anEarlierDatabaseKeeps(folder.resolve("postgres"));
        try (var kafka = EmbeddedKafka.start(kafkaData, 0);
                var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0)) {
            assertThat(records(kafka.asProcess())).containsExactly("a record of before");
            PostgresLockTest.execute(postgres.asSuperuser("ledger"), "select * from event");
        }
    }

    private static List<String> records(KafkaAccess access) {
        try (var consumer =
                new KafkaConsumer<>(access.clientSettings(), new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(Topics.LEDGER_INTAKE, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).get(partition);
            var values = new java.util.ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static void anEarlierBrokerKeeps(Path data, String value) throws Exception {
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
        var port = FreePorts.next();
        var controllerPort = FreePorts.next();
        var broker = new KafkaRaftServer(
                new KafkaConfig(
                        Map.ofEntries(
                                Map.entry("process.roles", "broker,controller"),
                                Map.entry("node.id", "1"),
                                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                                Map.entry("controller.listener.names", "CONTROLLER"),
                                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                                Map.entry(
                                        "listeners",
                                        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                                .formatted(port, controllerPort)),
                                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                                Map.entry("log.dirs", data.toString()),
                                Map.entry("offsets.topic.replication.factor", "1"),
                                Map.entry("broker.session.timeout.ms", "3000"),
                                Map.entry("broker.heartbeat.interval.ms", "500")),
                        false),
                Time.SYSTEM);
        broker.startup();
        var open = new KafkaAccess.Open("127.0.0.1:" + port);
        try (var admin = Admin.create(open.clientSettings())) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_INTAKE, 1, (short) 1)))
                    .all()
                    .get();
        }
        try (var producer = new org.apache.kafka.clients.producer.KafkaProducer<>(
                open.clientSettings(),
                new org.apache.kafka.common.serialization.StringSerializer(),
                new org.apache.kafka.common.serialization.StringSerializer())) {
            producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>(Topics.LEDGER_INTAKE, "key", value))
                    .get();
        }
        broker.shutdown();
        broker.awaitShutdown();
    }

    private static void anEarlierDatabaseKeeps(Path data) throws Exception {
        Files.createDirectories(data);
        try (var server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("cluster"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(data.resolve("program").toFile())
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .start()) {
            Files.createFile(data.resolve("cluster-complete"));
            var url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/";
            PostgresLockTest.execute(new Database(url + "postgres", "postgres", ""), "create database ledger");
            PostgresLockTest.execute(
                    new Database(url + "ledger", "postgres", ""),
                    "create table event (id bigint generated always as identity primary key, payload text)",
                    "insert into event (payload) values ('of before')",
                    "create view events as select id from event",
                    "create sequence alone",
                    "create function refuse() returns trigger language plpgsql as 'begin return null; end'",
                    "create trigger append_only before delete on event execute function refuse()");
        }
    }
}
