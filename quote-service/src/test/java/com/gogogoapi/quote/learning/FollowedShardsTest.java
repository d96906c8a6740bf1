package com.gogogoapi.quote.learning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class FollowedShardsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FollowedShards shards = new FollowedShards(meters);

    private List<String> take(int shard, long pos, String payload) {
        var record = new ConsumerRecord<>(Topics.LEDGER_EVENTS, shard, 0, "acct_1", payload.getBytes(UTF_8));
        record.headers().add("ce_sequence", Long.toString(pos).getBytes(UTF_8));
        return shards.take(record).stream()
                .map(taken -> new String(taken.value(), UTF_8))
                .toList();
    }

    @Test
    void everyShardHasAnOrderOfItsOwn() {
        assertThat(take(0, 7, "a")).containsExactly("a");
        assertThat(take(1, 3, "b")).containsExactly("b");
        assertThat(take(0, 9, "d")).isEmpty();
        assertThat(take(0, 7, "a")).isEmpty();
        assertThat(take(0, 8, "c")).containsExactly("c", "d");
        assertThat(shards.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aShardThatDoesNotHoldIsFollowedNoFurtherAndThatIsSaid() {
        take(0, 7, "a");
        take(1, 3, "b");
        assertThat(take(0, 7, "another")).isEmpty();
        assertThat(take(0, 8, "c")).isEmpty();
        assertThat(take(1, 4, "d")).as("of another shard").containsExactly("d");

        assertThat(shards.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(shards.health().getDetails().toString()).contains("event 7 of shard 0 was published again");
        assertThat(meters.get("gogogoapi.ledger.events.stopped").gauge().value())
                .isEqualTo(1);
    }
}
