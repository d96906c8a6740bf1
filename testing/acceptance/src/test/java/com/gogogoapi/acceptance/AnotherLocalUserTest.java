package com.gogogoapi.acceptance;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.KafkaAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is on the same machine and reaches every port, but has no password: he mints nothing and reads nothing. */
@Tag("acceptance")
class AnotherLocalUserTest {

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    @Test
    void mintsNoCredit() throws Exception {
        var servers = system.access("kafka_bootstrap_servers");
        var guess = new KafkaAccess.Login(servers, KafkaAccess.Login.SCRAM, "proxy-service", "a guess");
        assertThat(grantsHimself(new KafkaAccess.Open(servers))).isInstanceOf(TimeoutException.class);
        assertThat(grantsHimself(guess)).isInstanceOf(SaslAuthenticationException.class);
        assertThat(grantsHimself(system.kafkaAsAuditor())).isInstanceOf(AuthorizationException.class);
        assertThat(customer.booksAtRest().available()).isEqualByComparingTo("1.00");
    }

    /**
     * Kafka takes his records: he has a service's login, and at the end even its secret. The ledger takes none, and his victim's
     * account goes on.
     */
    @Test
    void whoHasAServicesLoginToTheBrokerMintsNoCreditEither() throws Exception {
        var asProxy = system.kafkaAs(BrokerUser.PROXY_SERVICE);
        assertThat(grantsHimself(asProxy)).isNull();
        awaitSetAside("unauthenticated");
        var quotes = system.intakeSecret(IntakeAuthor.QUOTE_SERVICE);
        assertThat(grantsHimself(asProxy, quotes::seal)).isNull();
        awaitSetAside("wrong-author");
        var proxys = system.intakeSecret(IntakeAuthor.PROXY_SERVICE);
        assertThat(grantsHimself(asProxy, proxys::seal)).isNull();
        awaitSetAside("unsigned");

        assertThat(customer.booksAtRest().available()).isEqualByComparingTo("1.00");
        assertThat(customer.complete(Customer.chat("Hello", 50, false)).statusCode())
                .as("his account goes on")
                .isEqualTo(200);
        assertThat(system.send("GET", "/v1/operator/parked", system.access("operator_token"), "")
                        .body())
                .doesNotContain(customer.account());
    }

    private void awaitSetAside(String reason) {
        try (var consumer = new KafkaConsumer<>(
                system.kafkaAsAuditor().clientSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            var letters = new TopicPartition(Topics.DEAD_LETTERS, 0);
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    var why = new String(
                            record.headers().lastHeader("deadletter-reason").value(), UTF_8);
                    if (customer.account().equals(record.key()) && why.startsWith(reason)) {
                        return true;
                    }
                }
                return false;
            });
        }
    }

    private Throwable grantsHimself(KafkaAccess access) throws InterruptedException {
        return grantsHimself(access, record -> {});
    }

    /** A grant of $1,000, as the operators' routes would send it. @return what Kafka had against it */
    private Throwable grantsHimself(KafkaAccess access, Consumer<ProducerRecord<String, byte[]>> seal)
            throws InterruptedException {
        var grant = aGrantOf(new AccountId(customer.account()), "1000.00", "forged");
        var record = EventRecords.record(
                Topics.LEDGER_INTAKE,
                null,
                customer.account(),
                grant,
                EventMetadata.of(TimeOrderedIds.next(), "/proxy-service", Instant.now()));
        seal.accept(record);
        var settings = access.clientSettings(Map.of("max.block.ms", 5_000));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (KafkaException e) {
            // Some refusals are remembered, and told with the next send.
            return e.getCause() == null ? e : e.getCause();
        }
    }

    @Test
    void readsNoRow() throws Exception {
        var asAuditor = system.access("postgres_url");
        var server = asAuditor.replaceAll("/ledger.*", "/");
        for (var database : List.of("ledger", "proxy", "account", "pricing", "postgres")) {
            for (var user : List.of("postgres", database, "auditor")) {
                for (var password : List.of("", "postgres", "a guess")) {
                    assertThatThrownBy(() -> DriverManager.getConnection(server + database, user, password))
                            .as("%s in %s", user, database)
                            .isInstanceOf(SQLException.class);
                }
            }
        }
        // The auditor's password is no way further: not to the keys, and not to a change.
        assertThatThrownBy(() -> DriverManager.getConnection(asAuditor.replace("/ledger", "/proxy")))
                .isInstanceOf(SQLException.class);
        try (var connection = DriverManager.getConnection(asAuditor);
                var statement = connection.createStatement()) {
            assertThat(statement.executeQuery("select 1 from ledger_event").next())
                    .isTrue();
            statement.execute("set default_transaction_read_only = off");
            for (var change : List.of(
                    "update ledger_shard set last_pos = 0", "delete from ledger_event", "create table mine (id int)")) {
                assertThatThrownBy(() -> statement.execute(change)).as(change).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void readsNoFile() throws Exception {
        var data = system.data();
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("postgres"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("kafka"))).isEqualTo("rwx------");
        for (var secret : List.of("secrets.json", "access.json", "postgres/superuser-password")) {
            assertThat(permissions(data.resolve(secret))).as(secret).isEqualTo("rw-------");
        }
        if (isRoot()) {
            for (var secret : List.of("secrets.json", "access.json", "postgres/superuser-password", "kafka")) {
                var read = new ProcessBuilder(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                "ls",
                                "-l",
                                data.resolve(secret).toString())
                        .redirectErrorStream(true)
                        .start();
                var said = new String(read.getInputStream().readAllBytes(), UTF_8);
                assertThat(read.waitFor()).as(said).isNotZero();
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"))
                && Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setpriv")));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
