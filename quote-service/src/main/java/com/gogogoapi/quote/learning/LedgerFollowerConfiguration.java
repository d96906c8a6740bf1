package com.gogogoapi.quote.learning;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.Topics;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

@Configuration(proxyBeanMethods = false)
class LedgerFollowerConfiguration {

    @Bean(LedgerFollower.NAME)
    ConcurrentMessageListenerContainer<String, byte[]> ledgerFollowerContainer(
            ListenerContainers containers, InstalledTopics topics, LedgerFollower follower) {
        // Negative: so many before the end.
        var back = -LedgerFollower.REPLAYED_RECORDS / topics.shards();
        var from = IntStream.range(0, topics.shards())
                .mapToObj(shard -> new TopicPartitionOffset(Topics.LEDGER_EVENTS, shard, back))
                .toArray(TopicPartitionOffset[]::new);
        var container = containers.following(LedgerFollower.NAME, follower, from);
        // If Kafka does not say where the end is, learning begins there.
        container.getContainerProperties().getKafkaConsumerProperties().setProperty("auto.offset.reset", "latest");
        return container;
    }
}
