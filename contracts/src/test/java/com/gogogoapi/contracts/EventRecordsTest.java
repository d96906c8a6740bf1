package com.gogogoapi.contracts;

import static com.gogogoapi.contracts.money.Usd.usd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.access.AccessEvent;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final GrantRequested grant =
            GrantRequested.byOperator(ACCOUNT, usd("5"), GrantTerms.USUAL, "ref", "operator", null, NOON);
    private final EventMetadata metadata = EventMetadata.of(TimeOrderedIds.next(), "/test", NOON)
            .answeringTo(3)
            .causedBy(TimeOrderedIds.next())
            .tracedBy("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private ProducerRecord<String, byte[]> record() {
        return EventRecords.record(Topics.LEDGER_INTAKE, null, "acct_1", grant, metadata);
    }

    @Test
    void comesBackAsItWent() {
        var record = record();
        assertThat(EventRecords.decode(record.headers(), record.value())).isEqualTo(new Decoded.Known(grant, metadata));
    }

    @Test
    void isACloudEventInBinaryMode() {
        var headers = record().headers();
        assertThat(headers.lastHeader("ce_specversion").value()).isEqualTo("1.0".getBytes(UTF_8));
        assertThat(headers.lastHeader("ce_type").value()).isEqualTo("com.gogogoapi.GrantRequested.v1".getBytes(UTF_8));
        assertThat(headers.lastHeader("content-type").value()).isEqualTo("application/json".getBytes(UTF_8));
    }

    @Test
    void toleratesFieldsOfANewerWriter() {
        var record = record();
        var newer = new String(record.value(), UTF_8).replaceFirst("\\{", "{\"aFieldOfTomorrow\":{\"a\":[1]},");
        assertThat(EventRecords.decode(record.headers(), newer.getBytes(UTF_8))).isInstanceOf(Decoded.Known.class);
    }

    @Test
    void tellsAnUnknownTypeFromABrokenRecord() {
        var record = record();
        var unknown = record.headers().remove("ce_type").add("ce_type", "com.gogogoapi.Tomorrow.v1".getBytes(UTF_8));
        assertThat(EventRecords.decode(unknown, record.value()))
                .isEqualTo(new Decoded.UnknownType("com.gogogoapi.Tomorrow.v1"));

        Stream.of("{\"broken\":", "null", "{}", "[]", "{\"accountId\":\"acct_1\",\"amountUsd\":5}")
                .forEach(json -> assertThat(EventRecords.decode(record().headers(), json.getBytes(UTF_8)))
                        .as(json)
                        .isInstanceOf(Decoded.Malformed.class));
        assertThat(EventRecords.decode(record().headers(), null)).isInstanceOf(Decoded.Malformed.class);
        assertThat(EventRecords.decode(record().headers().remove("ce_id"), record().value()))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void everyEventHasATypeWhoseNameEndsInAVersion() {
        var listed =
                Arrays.stream(EventType.values()).map(EventType::eventClass).toList();
        assertThat(Stream.of(AccessEvent.class, LedgerIntake.class, CreditIntake.class, LedgerEvent.class)
                        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                        .filter(event -> !event.isInterface()))
                .allMatch(listed::contains);
        assertThat(EventType.values())
                .allMatch(type -> type.wireName().matches("com\\.gogogoapi\\.[A-Z][A-Za-z]+\\.v[0-9]+"));
    }
}
