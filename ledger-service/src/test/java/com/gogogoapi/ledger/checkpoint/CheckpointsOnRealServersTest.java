package com.gogogoapi.ledger.checkpoint;

import static com.gogogoapi.ledger.account.Fixtures.completed;
import static com.gogogoapi.ledger.account.Fixtures.grant;
import static com.gogogoapi.ledger.account.Fixtures.newRequest;
import static com.gogogoapi.ledger.account.Fixtures.quote;
import static com.gogogoapi.ledger.account.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.LedgerService;
import com.gogogoapi.ledger.log.LedgerLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checkpoints as the service makes them, on a real Kafka and a real PostgreSQL. */
class CheckpointsOnRealServersTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = SigningKey.generate();

    private static Path file;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws Exception {
        var database = Infrastructure.shared().newDatabase("checkpoints");
        file = Files.createTempDirectory("checkpoints-").resolve("checkpoints.jsonl");
        service = LedgerService.application()
                .run(Infrastructure.shared().kafka(BrokerUser.LEDGER_SERVICE).serviceArguments("--server.port=0",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--gogogoapi.internal-secret=" + "0123456789abcdef".repeat(2),
                        "--gogogoapi.shards=8",
                        "--gogogoapi.ledger.signing.key=" + KEY,
                        "--gogogoapi.ledger.signing.checkpoint-interval=100ms",
                        "--gogogoapi.ledger.signing.checkpoint-file=" + file));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void send(CreditIntake intake) {
        service.getBean(EventPublisher.class).toLedger(intake, null, null).join();
    }

    private static JdbcClient jdbc() {
        return service.getBean(JdbcClient.class);
    }

    private static List<SignedText> published() {
        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var from = new TopicPartition(Topics.LEDGER_CHECKPOINTS, 0);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            var end = consumer.endOffsets(List.of(from)).get(from);
            var all = new ArrayList<SignedText>();
            while (consumer.position(from) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (EventRecords.decode(record.headers(), record.value())
                            instanceof EventRecords.Decoded.Known(LedgerCheckpointed made, var metadata)) {
                        all.add(new SignedText(made.payload(), made.signature()));
                    }
                }
            }
            return all;
        }
    }

    private static List<SignedText> written() throws Exception {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> EventJson.mapper().readValue(line, SignedText.class))
                        .toList()
                : List.of();
    }

    private static long events() {
        return service.getBean(ShardEnds.class).all().stream()
                .mapToLong(ShardEnds.ShardEnd::lastPos)
                .sum();
    }

    private static long signedEvents() {
        return service.getBean(CheckpointStore.class)
                .latest()
                .map(signed -> Checkpoint.parse(signed.payload()).shards().stream()
                        .mapToLong(Checkpoint.ShardCheckpoint::last)
                        .sum())
                .orElse(0L);
    }

    @Test
    void signsWhatIsNewAndCarriesItToTopicAndFile() throws Exception {
        var account = new AccountId("acct_signed");
        for (var round = 0; round < 3; round++) {
            send(grant(account, "5.00", "round " + round));
            var request = newRequest();
            send(quote(account, request, 1_000, 1_000, Instant.now().plusSeconds(30)));
            send(completed(account, request, usage(1_000, 0, 10)));
            var expected = 3L * (round + 1);
            await().atMost(SOON).until(() -> events() >= expected && signedEvents() == events());
        }
        var store = service.getBean(CheckpointStore.class);
        var signed = store.after(0, 100);
        var key = SigningKey.parse(KEY).verifyingKey();
        assertThat(signed).allMatch(key::verifies);
        assertThat(signed.stream().map(one -> Checkpoint.parse(one.payload()).previous()))
                .containsExactlyElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(Checkpoint.NONE),
                                signed.stream().limit(signed.size() - 1).map(SignedText::hash))
                        .toList());
        assertThat(Checkpoint.parse(signed.getLast().payload()).trialBalance().isBalanced())
                .isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(written()).isEqualTo(store.after(0, 100)));
        await().atMost(SOON).untilAsserted(() -> assertThat(published()).isEqualTo(store.after(0, 100)));

        // Nothing new, nothing signed.
        assertThat(maker().makeNext()).isEmpty();

        signsNothingThatDoesNotHold(account);
    }

    private static CheckpointMaker maker() {
        return new CheckpointMaker(
                service.getBean(LedgerLog.class),
                service.getBean(ShardEnds.class),
                service.getBean(CheckpointStore.class),
                SigningKey.parse(KEY),
                Clock.systemUTC(),
                100);
    }

    /** Last, since it spoils the log: an event that was changed before it was signed is never signed. */
    private static void signsNothingThatDoesNotHold(AccountId account) {
        service.getBean(Checkpoints.class).stop();
        var before = events();
        send(grant(account, "1.00", "to be changed"));
        await().atMost(SOON).until(() -> events() > before);
        jdbc().sql("alter table ledger_event disable trigger all").update();
        jdbc().sql(
                        "update ledger_event set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'to be changed',"
                                + " 'to be hidden!'), 'UTF8') where convert_from(payload, 'UTF8') like '%to be changed%'")
                .update();
        assertThatThrownBy(() -> maker().makeNext())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not make the stored hash");
        assertThat(signedEvents()).isEqualTo(before);
    }
}
