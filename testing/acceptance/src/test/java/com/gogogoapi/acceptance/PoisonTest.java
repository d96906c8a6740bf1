package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record that cannot be decided parks its account, visibly; no other account waits, and an operator lets it go on. */
@Tag("acceptance")
class PoisonTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final RunningSystem system = RunningSystem.shared();

    @Test
    void parksOneAccountUntilAnOperatorSkipsItWithAReason() throws Exception {
        var poisoned = system.customer("1.00");
        var other = system.customer("1.00");
        poison(system, poisoned.account());

        var line = await().atMost(SOON).until(() -> parkedLine(poisoned.account()), java.util.Optional::isPresent);
        assertThat(line.orElseThrow().path("why").asString()).contains("unknown type com.gogogoapi.FromTheFuture.v9");
        assertThat(other.complete(Customer.chat("Hello", 50, false)).statusCode())
                .as("no other account waits")
                .isEqualTo(200);

        // A grant while it is parked is not lost: it waits its turn.
        var grants = "/api/v1/operator/accounts/" + poisoned.account() + "/grants";
        var early = operator("POST", grants, "{\"amount_usd\":\"2.00\",\"reference\":\"while parked\"}");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(poisoned.books().granted()).isEqualByComparingTo("1.00");

        var offset = line.orElseThrow().path("offset").asLong();
        var resume = "/api/v1/operator/accounts/" + poisoned.account() + "/parked/" + offset;
        assertThat(operator("POST", resume, "{\"action\":\"skip\"}").statusCode())
                .as("without a reason")
                .isEqualTo(400);
        assertThat(operator("POST", resume, "{\"action\":\"skip\",\"reason\":\"sent by a test\"}")
                        .statusCode())
                .isEqualTo(202);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(poisoned.books().granted()).isEqualByComparingTo("3.00"));
        assertThat(poisoned.complete(Customer.chat("Hello", 50, false)).statusCode())
                .isEqualTo(200);
        assertThat(parkedLine(poisoned.account())).isEmpty();
        var records = JsonMapper.shared()
                .readTree(operator("GET", "/api/v1/operator/accounts/" + poisoned.account() + "/parked", "")
                        .body())
                .path("data");
        assertThat(records)
                .extracting(record -> record.path("state").asString() + " "
                        + record.path("ended_reason").asString())
                .containsExactly("SKIPPED sent by a test", "DECIDED sent by a test");
        assertThat(operator("GET", "/api/v1/operator/accounts/" + poisoned.account() + "/statement", "")
                        .body())
                .as("who skipped what is in the account's story")
                .contains("\"type\":\"skip\"", "com.gogogoapi.FromTheFuture.v9", "sent by a test");
    }

    /** Sends a record of the account's that the ledger cannot decide. */
    static void poison(RunningSystem system, String account) throws Exception {
        try (var producer = new KafkaProducer<>(
                system.kafkaAs(BrokerUser.PROXY_SERVICE).clientSettings(),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>("ledger-intake", account, "{\"from\":\"the future\"}".getBytes(UTF_8));
            Map.of(
                            "ce_id", UUID.randomUUID().toString(),
                            "ce_type", "com.gogogoapi.FromTheFuture.v9",
                            "ce_source", "/a-test",
                            "ce_specversion", "1.0",
                            "ce_time", "2026-11-24T00:00:00Z")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
            system.intakeSecret(IntakeAuthor.PROXY_SERVICE).seal(record);
            producer.send(record).get();
        }
    }

    private java.util.Optional<JsonNode> parkedLine(String account) throws Exception {
        var answer = operator("GET", "/api/v1/operator/parked", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        for (var line : JsonMapper.shared().readTree(answer.body()).path("data")) {
            if (line.path("account_id").asString().equals(account)) {
                return java.util.Optional.of(line);
            }
        }
        return java.util.Optional.empty();
    }

    private java.net.http.HttpResponse<String> operator(String method, String path, String body) {
        return system.send(method, path, system.access("operator_token"), body);
    }
}
