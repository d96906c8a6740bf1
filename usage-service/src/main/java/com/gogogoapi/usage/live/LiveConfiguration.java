package com.gogogoapi.usage.live;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.Topics;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiveProperties.class)
class LiveConfiguration {

    private static final String NAME = "live-events";

    /** From the ends, whatever the other instances read: who follows from before is told to ask anew. */
    @Bean(NAME)
    ConcurrentMessageListenerContainer<String, byte[]> liveEventsContainer(
            ListenerContainers containers, InstalledTopics topics, LiveEvents events) {
        return containers.following(
                NAME,
                events,
                IntStream.range(0, topics.shards())
                        .mapToObj(shard -> new TopicPartitionOffset(Topics.LEDGER_EVENTS, shard, SeekPosition.END))
                        .toArray(TopicPartitionOffset[]::new));
    }
}
