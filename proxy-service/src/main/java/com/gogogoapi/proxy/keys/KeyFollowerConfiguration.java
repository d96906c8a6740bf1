package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

@Configuration(proxyBeanMethods = false)
class KeyFollowerConfiguration {

    /** Begun before the web server, whose first requests come with keys. */
    private static final int BEFORE_THE_WEB_SERVER = 0;

    private static final long LOOK_EVERY_MILLIS = 500;

    /** @param topics made before they are followed */
    @Bean(KeyFollower.NAME)
    ConcurrentMessageListenerContainer<String, byte[]> keyFollowerContainer(
            ListenerContainers containers, InstalledTopics topics, KeyFollower follower) {
        var container = containers.following(
                KeyFollower.NAME, follower, new TopicPartitionOffset(Topics.API_KEYS, 0, SeekPosition.BEGINNING));
        container.setPhase(BEFORE_THE_WEB_SERVER);
        var properties = container.getContainerProperties();
        properties.setPollTimeout(LOOK_EVERY_MILLIS);
        properties.setIdleEventInterval(LOOK_EVERY_MILLIS / 2);
        properties.setIdleBeforeDataMultiplier(1);
        return container;
    }
}
