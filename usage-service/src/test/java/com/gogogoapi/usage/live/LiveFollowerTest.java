package com.gogogoapi.usage.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.live.Told.Ready;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance that Kafka did not answer when it began to read. */
@Tag("integration")
class LiveFollowerTest {

    private static final TopicPartition SHARD = new TopicPartition(Topics.LEDGER_EVENTS, 6);

    private final LiveStream stream = new LiveStream(new Asker(new AccountId("acct_begin"), null), SHARD.partition());

    @Test
    void asksAgainUntilKafkaSaysWhereTheEndsAre() throws InterruptedException {
        try (var kafka = KafkaClients.of(Infrastructure.shared().kafka().clientSettings(), "there");
                // Nobody listens there.
                var none =
                        KafkaClients.of(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"), "away");
                var there = kafka.newUngroupedConsumer(Map.of());
                var away = none.newUngroupedConsumer(Map.of())) {
            var topics = InstalledTopics.ensure(
                    kafka, new InstallationProperties("0123456789abcdef0123456789abcdef", 16, (short) 1, null));
            var follower = new LiveFollower(topics, new LiveProperties(1_000, 20, 1_024, Duration.ofSeconds(4)));
            var shard = follower.shard(SHARD.partition());
            away.assign(List.of(SHARD));
            follower.beginIfNot(away);
            assertThat(shard.open(stream, 3, null)).as("without Kafka").isFalse();
            there.assign(List.of(SHARD));
            follower.beginIfNot(there);
            assertThat(shard.open(stream, 3, null)).as("with it").isTrue();
            assertThat(stream.next(Duration.ZERO)).isEqualTo(new Ready(SHARD.partition(), 3));
        }
    }
}
