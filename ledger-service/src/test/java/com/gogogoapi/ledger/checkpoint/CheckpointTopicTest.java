package com.gogogoapi.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long topic on a real Kafka. */
@Tag("integration")
class CheckpointTopicTest {

    private static final long LAST = 1_700;

    private CheckpointBroker kafka;
    private CheckpointTopic topic;

    @BeforeEach
    void start() throws Exception {
        kafka = CheckpointBroker.start();
        topic = new CheckpointTopic(() -> kafka.clients().newUngroupedConsumer(Map.of()), number -> {});
    }

    @AfterEach
    void stop() {
        topic.close();
        kafka.close();
    }

    private void publish(LongStream numbers) {
        CompletableFuture.allOf(numbers.mapToObj(number -> kafka.publisher()
                                .send(EventRecords.record(
                                        Topics.LEDGER_CHECKPOINTS,
                                        null,
                                        "checkpoint",
                                        new LedgerCheckpointed(number, "checkpoint " + number, "signature"),
                                        EventMetadata.of(TimeOrderedIds.next(), "/test", Instant.EPOCH))))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private List<Long> news() throws IOException {
        var all = new ArrayList<Long>();
        for (var some = topic.news(); !some.isEmpty(); some = topic.news()) {
            some.forEach(signed -> all.add(Long.valueOf(signed.payload().replace("checkpoint ", ""))));
        }
        return all;
    }

    private static SignedText checkpoint(long number) {
        return new SignedText("checkpoint " + number, "signature");
    }

    @Test
    void bringsTheEndFirstAndThenWhatIsNew() throws Exception {
        publish(LongStream.rangeClosed(1, LAST));
        assertThat(news()).hasSize(500).contains(LAST).doesNotContain(LAST - 500);
        assertThat(news()).isEmpty();
        publish(LongStream.of(LAST, LAST + 1, LAST));
        assertThat(news()).containsExactly(LAST, LAST + 1, LAST);
    }

    @Test
    void findsAnyNumber() throws Exception {
        // Two instances that publish at the same time repeat each other.
        publish(LongStream.rangeClosed(1, LAST).flatMap(number -> LongStream.of(number, Math.max(1, number - 90))));
        assertThat(news()).contains(LAST);
        for (var number : List.of(1_650L, 1_651L, 1_652L, 3L, 4L, 700L, 1L, LAST)) {
            assertThat(topic.numbered(number)).contains(checkpoint(number));
        }
        assertThat(topic.numbered(LAST + 1)).isEmpty();
    }

    @Test
    void anEmptyTopicHasNothing() throws Exception {
        assertThat(news()).isEmpty();
        assertThat(topic.numbered(1)).isEmpty();
    }

    @Test
    void whatIsNoCheckpointIsPassedOver() throws Exception {
        kafka.publisher()
                .send(new ProducerRecord<>(Topics.LEDGER_CHECKPOINTS, "checkpoint", new byte[] {1}))
                .join();
        publish(LongStream.of(1));
        assertThat(news()).containsExactly(1L);
    }
}
