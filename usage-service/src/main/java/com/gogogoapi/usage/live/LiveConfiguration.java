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

    private static final long LOOK_EVERY_MILLIS = 500;

    /** From the ends, whatever the other instances read: who follows from before is told to ask anew. */
    @Bean(LiveFollower.NAME)
    ConcurrentMessageListenerContainer<String, byte[]> liveEventsContainer(
            ListenerContainers containers, InstalledTopics topics, LiveFollower follower) {
        var container = containers.following(
                LiveFollower.NAME,
                follower,
                IntStream.range(0, topics.shards())
                        .mapToObj(shard -> new TopicPartitionOffset(Topics.LEDGER_EVENTS, shard, SeekPosition.END))
                        .toArray(TopicPartitionOffset[]::new));
        var properties = container.getContainerProperties();
        properties.setPollTimeout(LOOK_EVERY_MILLIS);
        properties.setIdleEventInterval(LOOK_EVERY_MILLIS / 2);
        return container;
    }
}
