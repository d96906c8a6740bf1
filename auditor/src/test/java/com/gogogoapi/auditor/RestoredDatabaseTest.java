package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/**
 * A database that comes back from a backup decides the same events again, in other batches: what was signed before stays
 * true, and nothing is signed twice.
 */
@Tag("integration")
@Tag("slow")
class RestoredDatabaseTest {

    private static final int CUSTOMERS = 10;
    private static final int WAVE = 3 * CUSTOMERS;
    private static final String KEY = SigningKey.generate();

    private EmbeddedKafka kafka;
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        folder = MadeLog.temporaryFolder();
        kafka = RunLedger.broker(folder.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    private RunLedger ledger(com.gogogoapi.embedded.Database database, int maxBatchRecords) {
        return RunLedger.on(
                database,
                kafka.as(BrokerUser.LEDGER_SERVICE),
                KEY,
                "--gogogoapi.ledger.max-batch-records=" + maxBatchRecords,
                "--gogogoapi.ledger.workers=1",
                "--gogogoapi.ledger.signing.checkpoint-file=" + file());
    }

    private Path file() {
        return folder.resolve("checkpoints.jsonl");
    }

    @Test
    void keptCheckpointsVerifyAndNoNumberIsSignedTwice() throws Exception {
        var original = Infrastructure.shared().newDatabase("original");
        try (var ledger = ledger(original, 1_000)) {
            ledger.send(RunLedger.wave("before the backup", CUSTOMERS));
            ledger.awaitSigned(WAVE);
        }
        var restored = Infrastructure.shared().copyOf(original, "restored");

        long batches;
        // Sent while nobody decides, so that batches hold many of them.
        try (var clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "test")) {
            RunLedger.send(RunLedger.publisher(clients), RunLedger.wave("after the backup", CUSTOMERS));
        }
        try (var ledger = ledger(original, 1_000)) {
            ledger.awaitSigned(2 * WAVE);
            batches = ledger.count("select count(*) from ledger_batch");
        }
        var kept = Files.copy(file(), folder.resolve("kept.jsonl"));

        try (var ledger = ledger(restored, 1)) {
            ledger.awaitSigned(2 * WAVE);
            assertThat(ledger.count("select count(*) from ledger_batch")).isGreaterThan(batches);
            ledger.send(RunLedger.wave("after the restoration", CUSTOMERS));
            ledger.awaitSigned(3 * WAVE);
        }
        MadePrices.publish(kafka.as(BrokerUser.ADMIN), MadePrices.USUAL);
        var audited = Audited.run(
                "verify",
                "--jdbc",
                restored.urlWithLogin(),
                "--kafka",
                MadeLog.kafkaFile(kafka.as(BrokerUser.AUDITOR)),
                "--key",
                keyFile(),
                "--checkpoint",
                kept.toString());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
        assertThat(byNumber(published())).allSatisfy((number, signed) -> assertThat(signed)
                .as("the different checkpoints " + number)
                .hasSize(1));
        assertThat(written()).isEqualTo(written().stream().distinct().toList());
        assertThat(numbers(written()))
                .isEqualTo(numbers(written()).stream().sorted().toList());
        assertThat(written().subList(0, Files.readAllLines(kept).size())).isEqualTo(signed(kept));
    }

    /** Another database and other brokers, and the file of the installation before: what is in it is never contradicted. */
    @Test
    void aDatabaseThatSaysSomethingElseSignsNothing() throws Exception {
        try (var ledger = ledger(Infrastructure.shared().newDatabase("original"), 1_000)) {
            ledger.send(RunLedger.wave("the first time", CUSTOMERS));
            ledger.awaitSigned(WAVE);
            // The file comes after the database and the topic.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(file()) && !written().isEmpty());
        }
        var kept = Files.readString(file());
        kafka.close();
        kafka = RunLedger.broker(folder.resolve("another-kafka"));
        try (var ledger = ledger(Infrastructure.shared().newDatabase("another"), 1_000)) {
            // What it says of itself first, at another time, may be told from what was signed before anybody asks for
            // anything.
            ledger.send(RunLedger.wave("the second time", CUSTOMERS));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> ledger.signing().getStatus().equals(Status.DOWN));
            assertThat(ledger.signing().getDetails().get("stopped").toString())
                    .contains("checkpoint 1 of the file checkpoints.jsonl says something else of shard");
            assertThat(ledger.count("select count(*) from ledger_checkpoint")).isZero();
        }
        assertThat(Files.readString(file())).isEqualTo(kept);
        assertThat(published()).isEmpty();
    }

    private String keyFile() throws Exception {
        return Files.writeString(
                        folder.resolve("key.pem"),
                        SigningKey.parse(KEY).verifyingKey().pem())
                .toString();
    }

    private static Map<Long, java.util.Set<String>> byNumber(List<SignedText> signed) {
        return signed.stream()
                .collect(Collectors.groupingBy(
                        one -> Checkpoint.parse(one.payload()).number(),
                        Collectors.mapping(SignedText::payload, Collectors.toSet())));
    }

    private static List<Long> numbers(List<SignedText> signed) {
        return signed.stream()
                .map(one -> Checkpoint.parse(one.payload()).number())
                .toList();
    }

    private List<SignedText> written() throws Exception {
        return signed(file());
    }

    private static List<SignedText> signed(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .map(line -> EventJson.mapper().readValue(line, SignedText.class))
                .toList();
    }

    private List<SignedText> published() {
        try (var consumer = new KafkaConsumer<>(
                kafka.as(BrokerUser.ADMIN).clientSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
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
}
