package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class EventsOfARequestTest {

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    @Test
    void canBeReadFromKafkaInCausalOrder() {
        var answer = customer.complete(Customer.chat("Hello", 50, false));
        var requestId = answer.headers().firstValue("x-request-id").orElseThrow();

        try (var consumer = new KafkaConsumer<>(
                system.kafkaAsAuditor()
                        .clientSettings(Map.of("group.id", "auditor-" + requestId, "auto.offset.reset", "earliest")),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("ledger-intake", "ledger-events"));
            var events = new HashMap<String, ConsumerRecord<String, String>>();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value().contains(requestId)) {
                        events.put(header(record, "ce_type"), record);
                    }
                }
                return events.size() == 4;
            });

            var requested = events.get("com.gogogoapi.QuoteRequested.v1");
            var reserved = events.get("com.gogogoapi.CreditReserved.v1");
            var completed = events.get("com.gogogoapi.UpstreamCompleted.v1");
            var settled = events.get("com.gogogoapi.CreditSettled.v1");
            assertThat(header(reserved, "ce_causationid")).isEqualTo(header(requested, "ce_id"));
            assertThat(header(settled, "ce_causationid")).isEqualTo(header(completed, "ce_id"));
            assertThat(requested.offset()).isLessThan(completed.offset());
            assertThat(requested.partition()).isEqualTo(completed.partition());
            assertThat(reserved.offset()).isLessThan(settled.offset());
            assertThat(List.of(requested, reserved, completed, settled))
                    .isSortedAccordingTo(java.util.Comparator.comparingLong(ConsumerRecord::timestamp))
                    .allMatch(record -> record.key().equals(customer.account()));
        }
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
