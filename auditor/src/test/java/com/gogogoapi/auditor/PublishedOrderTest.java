package com.gogogoapi.auditor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.auditor.source.PostgresSource;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.evidence.log.LogRow;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log that is right, and topics that tell of it in other orders than the log's, or something else. */
@Tag("integration")
@Tag("slow")
class PublishedOrderTest {

    private static MadeLog made;

    private EmbeddedKafka kafka;
    private String kafkaFile;

    @BeforeAll
    static void make() throws Exception {
        made = new MadeLog().live(4, 40);
    }

    @AfterAll
    static void stop() {
        made.close();
    }

    @BeforeEach
    void startBroker() throws Exception {
        kafka = EmbeddedKafka.start(MadeLog.temporaryFolder(), 0);
        kafkaFile = MadeLog.kafkaFile(kafka.asProcess());
        try (var admin = Admin.create(kafka.asProcess().clientSettings())) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_EVENTS, MadeLog.SHARDS, (short) 1)))
                    .all()
                    .get();
        }
        MadePrices.publish(kafka.asProcess(), MadePrices.ALL);
    }

    @AfterEach
    void stopBroker() {
        kafka.close();
    }

    /** Publishes every shard after it was changed. */
    private Audited published(Consumer<List<LogRow>> change) {
        try (var source = new PostgresSource(made.jdbcUrl());
                var producer = new KafkaProducer<>(
                        kafka.asProcess().clientSettings(), new StringSerializer(), new ByteArraySerializer())) {
            for (var shard = 0; shard < MadeLog.SHARDS; shard++) {
                var rows = MadeLog.rows(source, shard);
                if (rows.size() > 10) {
                    change.accept(rows);
                }
                rows.forEach(row -> producer.send(record(row)));
            }
            producer.flush();
        }
        return Audited.run("verify", "--jdbc", made.jdbcUrl(), "--kafka", kafkaFile);
    }

    private static ProducerRecord<String, byte[]> record(LogRow row) {
        var metadata = new EventMetadata(
                row.eventId(),
                "/ledger-service",
                Instant.ofEpochMilli(row.atMillis()),
                row.causationId(),
                row.pos(),
                null,
                row.traceParent());
        return EventRecords.record(
                Topics.LEDGER_EVENTS, row.shard(), row.accountId(), row.type(), row.payload(), metadata);
    }

    private static LogRow withPayload(LogRow row, byte[] payload) {
        return new LogRow(
                row.shard(),
                row.pos(),
                row.accountId(),
                row.seq(),
                row.eventId(),
                row.type(),
                payload,
                row.causationId(),
                row.traceParent(),
                row.atMillis());
    }

    private static void assertGood(Audited audited) {
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
    }

    /** 1 2 4 2 3 4 5 …, as earlier builds could write it. */
    @Test
    void whatOvertookIsTakenInItsTurn() {
        assertGood(published(rows -> {
            var start = List.copyOf(rows.subList(0, 4));
            rows.subList(0, 4).clear();
            rows.addAll(0, Stream.of(0, 1, 3, 1, 2, 3).map(start::get).toList());
        }));
    }

    @Test
    void repeatsAreTakenOnce() {
        assertGood(published(rows -> rows.addAll(List.copyOf(rows.subList(2, rows.size())))));
    }

    @Test
    void aRepeatThatDiffersIsFound() {
        var audited = published(rows -> {
            var spoilt = new String(rows.get(4).payload(), UTF_8).replaceFirst(",", ", ");
            rows.add(withPayload(rows.get(4), spoilt.getBytes(UTF_8)));
        });
        assertThat(audited.exit()).isEqualTo(1);
        assertThat(audited.lastLine())
                .contains("sequence 5: event 5 of shard")
                .contains("published again, and differently");
    }

    @Test
    void anEventThatIsLeftOutIsFound() {
        var audited = published(rows -> rows.remove(6));
        assertThat(audited.exit()).isEqualTo(1);
        assertThat(audited.lastLine())
                .contains("sequence 7: event 7 of shard")
                .contains("is missing from ledger-events");
    }

    @Test
    void theWholeShardBackwardsIsStillTheShard() {
        assertGood(published(Collections::reverse));
    }
}
