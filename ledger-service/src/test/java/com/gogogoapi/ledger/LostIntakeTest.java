package com.gogogoapi.ledger;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.intake.OrderText;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** What was acknowledged and then lost is never passed over in silence: the ledger stops there until somebody says go on. */
@Tag("integration")
@Tag("slow")
class LostIntakeTest {

    /** The records by which the ledger says whom it believes: a key, and that it is asked from then on. */
    private static final int FOUNDING = 2;

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final AccountId account = new AccountId("acct_lost");
    private final Database database = Infrastructure.shared().newDatabase("lost");
    private final Map<BrokerUser, String> passwords = Passwords.ofAllBrokerUsers();
    private Path folder;
    private EmbeddedKafka kafka;

    @BeforeEach
    void start() throws Exception {
        folder = Files.createTempDirectory("lost-intake-");
        kafka = kafkaIn("kafka");
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    private EmbeddedKafka kafkaIn(String name) throws Exception {
        return EmbeddedKafka.start(folder.resolve(name), 0, passwords);
    }

    private ConfigurableApplicationContext ledger(String... settings) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.internal-secret=" + SECRET,
                "--gogogoapi.shards=1"));
        all.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        all.addAll(List.of(settings));
        return LedgerService.application()
                .run(kafka.as(BrokerUser.LEDGER_SERVICE).serviceArguments(all.toArray(String[]::new)));
    }

    /** As proxies go on doing while no ledger runs. */
    private void grant(String... references) {
        try (var clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "test")) {
            EventPublisher publisher = clients.publisher(Clock.systemUTC(), "/test");
            for (var reference : references) {
                var grant = aGrantOf(account, "100.00", reference);
                publisher
                        .as(Authentic.secretFor(grant))
                        .toLedger(Authentic.signed(grant), null, null)
                        .join();
            }
        }
    }

    private static String granted(ConfigurableApplicationContext ledger) {
        return ledger.getBean(JdbcClient.class)
                .sql(
                        "select coalesce(string_agg(convert_from(payload, 'UTF8')::jsonb->>'reference', ', ' order by pos),"
                                + " '') from ledger_event")
                .query(String.class)
                .single();
    }

    /** What the one event of that type says in a field. */
    private static String said(ConfigurableApplicationContext ledger, String type, String field) {
        return ledger.getBean(JdbcClient.class)
                .sql("select convert_from(payload, 'UTF8')::jsonb->>? from ledger_event where type = ?")
                .params(field, "com.gogogoapi." + type + ".v1")
                .query(String.class)
                .single();
    }

    private static Health gaps(ConfigurableApplicationContext ledger) {
        return ledger.getBean("ledgerIntakeGaps", HealthIndicator.class).health();
    }

    private static HttpResponse<String> accept(ConfigurableApplicationContext ledger, long expectedOffset)
            throws Exception {
        return accept(ledger, expectedOffset, Authentic.OPERATOR);
    }

    private static HttpResponse<String> accept(ConfigurableApplicationContext ledger, long expectedOffset, OrderKey by)
            throws Exception {
        var port = ((WebServerApplicationContext) ledger).getWebServer().getPort();
        var token = new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "ledger-service");
        var at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var installation = InstallationAccount.of(0);
        var signature = by.sign(
                at,
                signedAt -> OrderText.ofGap(
                        installation,
                        IntakeGapAccepted.requestIdOf(installation, expectedOffset, signedAt),
                        expectedOffset,
                        "j.doe",
                        "retention passed",
                        signedAt));
        var body = """
                {"expected_offset":%d,"accepted_by":"j.doe","reason":"retention passed","at":"%s",
                 "signature":{"key":"%s","at":"%s","value":"%s"}}""".formatted(expectedOffset, at, signature.key(), at, signature.value());
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/intake-gaps/0"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void retentionThatPassedWhileTheLedgerWasDown() throws Exception {
        try (var ledger = ledger()) {
            grant("first");
            await().atMost(SOON).until(() -> granted(ledger).equals("first"));
        }
        grant("lost", "lost too", "kept");
        deleteBefore(FOUNDING + 3);
        try (var ledger = ledger()) {
            await().atMost(SOON).until(() -> gaps(ledger).getStatus().equals(Status.DOWN));
            assertThat(gaps(ledger).getDetails().toString())
                    .contains("ledger-intake-0 has offsets 5 to 6, and 3 is to be read next");
            assertThat(granted(ledger)).isEqualTo("first");

            assertThat(accept(ledger, FOUNDING + 2).statusCode()).isEqualTo(404);
            assertThat(accept(ledger, FOUNDING + 1, OrderKey.generate()).body())
                    .contains("It must be signed by a trusted key");
            assertThat(accept(ledger, FOUNDING + 1).statusCode()).isEqualTo(200);
            await().atMost(SOON).until(() -> granted(ledger).equals("first, kept"));
            await().atMost(SOON).until(() -> gaps(ledger).getStatus().equals(Status.UP));
            assertThat(said(ledger, "IntakeGapAccepted", "acceptedBy")).isEqualTo("j.doe");
            assertThat(accept(ledger, FOUNDING + 1).statusCode())
                    .as("once and for good")
                    .isEqualTo(404);
        }
    }

    /** Kafka lost its end, and what proxies send goes where the lost records were: it must not be taken for them. */
    @Test
    @Tag("long")
    void anEndThatWasLostAndGrewAgain() throws Exception {
        try (var ledger = ledger()) {
            grant("first");
            await().atMost(SOON).until(() -> granted(ledger).equals("first"));
        }
        standAt(5);
        try (var ledger = ledger()) {
            await().atMost(SOON).until(() -> gaps(ledger).getStatus().equals(Status.DOWN));
            grant("second", "third", "fourth");
            // Looked at again every few seconds, by now with an intake that reaches where the ledger stands.
            await().atMost(SOON)
                    .until(() -> gaps(ledger).getDetails().toString().contains("offsets 0 to 6"));
            assertThat(gaps(ledger).getStatus()).isEqualTo(Status.DOWN);
            assertThat(granted(ledger)).isEqualTo("first");

            assertThat(accept(ledger, 5).statusCode()).isEqualTo(200);
            await().atMost(SOON).until(() -> granted(ledger).equals("first, second, third, fourth"));
        }
        standAt(5);
        try (var ledger = ledger()) {
            grant("fifth");
            await("an accepted gap is passed once").atMost(SOON).until(() -> granted(ledger)
                    .endsWith("fourth, fifth"));
            assertThat(gaps(ledger).getStatus()).isEqualTo(Status.UP);
        }
        standAt(5);
        deleteBefore(7);
        try (var ledger = ledger()) {
            await("another loss at the same offset")
                    .atMost(SOON)
                    .until(() -> gaps(ledger).getStatus().equals(Status.DOWN));
            grant("sixth");
            assertThat(granted(ledger)).endsWith("fourth, fifth");
            assertThat(accept(ledger, 5).statusCode()).isEqualTo(200);
            await().atMost(SOON).until(() -> granted(ledger).endsWith("fifth, sixth"));
        }
    }

    /** As after a power cut of a broker whose disk was behind: its offsets are given again before any ledger looks. */
    @Test
    void anEndThatWasLostAndFilledAgainWhileNoLedgerRan() throws Exception {
        try (var ledger = ledger()) {
            grant("first", "second", "third");
            await().atMost(SOON).until(() -> granted(ledger).equals("first, second, third"));
        }
        kafka.close();
        LostEnd.cut(folder.resolve("kafka"), Topics.LEDGER_INTAKE + "-0", FOUNDING + 1);
        kafka = kafkaIn("kafka");
        grant("fourth", "fifth", "sixth");
        try (var ledger = ledger()) {
            await().atMost(SOON).until(() -> gaps(ledger).getStatus().equals(Status.DOWN));
            assertThat(granted(ledger))
                    .as("what took the places of the second and the third is not passed over")
                    .isEqualTo("first, second, third");
            assertThat(accept(ledger, FOUNDING + 3).statusCode()).isEqualTo(200);
            await().atMost(SOON).until(() -> granted(ledger).equals("first, second, third, fourth, fifth, sixth"));
        }
    }

    private void standAt(long offset) {
        JdbcClient.create(new SimpleDriverDataSource(
                        new org.postgresql.Driver(), database.jdbcUrl(), database.username(), database.password()))
                .sql("update ledger_shard set next_offset = ?")
                .param(offset)
                .update();
    }

    private void deleteBefore(long offset) throws Exception {
        try (var clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "test");
                var admin = clients.newAdmin()) {
            admin.deleteRecords(
                            Map.of(new TopicPartition(Topics.LEDGER_INTAKE, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    @Test
    void aKafkaThatWasMadeAnew() throws Exception {
        try (var ledger = ledger()) {
            grant("first", "second");
            await().atMost(SOON).until(() -> granted(ledger).equals("first, second"));
        }
        kafka.close();
        kafka = kafkaIn("another");
        String topic;
        try (var clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "test");
                var admin = clients.newAdmin()) {
            assertThatThrownBy(this::ledger)
                    .rootCause()
                    .hasMessageContaining("ledger-intake must be the topic")
                    .hasMessageContaining("gogogoapi.ledger.new-intake.topic-id=");
            topic = admin.describeTopics(List.of(Topics.LEDGER_INTAKE))
                    .allTopicNames()
                    .get()
                    .get(Topics.LEDGER_INTAKE)
                    .topicId()
                    .toString();
        }
        grant("third");
        try (var ledger = ledger(
                "--gogogoapi.ledger.new-intake.topic-id=" + topic,
                "--gogogoapi.ledger.new-intake.accepted-by=j.doe",
                "--gogogoapi.ledger.new-intake.reason=the disk was lost")) {
            await().atMost(SOON).until(() -> granted(ledger).equals("first, second, third"));
            assertThat(said(ledger, "IntakeReplaced", "reason")).isEqualTo("the disk was lost");
        }
        try (var ledger = ledger()) {
            grant("fourth");
            await().atMost(SOON).until(() -> granted(ledger).endsWith("third, fourth"));
        }
    }
}
