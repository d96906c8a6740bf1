package com.gogogoapi.quote.pricebook;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

@Configuration(proxyBeanMethods = false)
class PriceFollowerConfiguration {

    /** @param topics made before they are followed */
    @Bean(PriceFollower.NAME)
    ConcurrentMessageListenerContainer<String, byte[]> priceFollowerContainer(
            ListenerContainers containers, InstalledTopics topics, PriceFollower follower) {
        var container = containers.following(
                PriceFollower.NAME, follower, new TopicPartitionOffset(Topics.ROUTE_PRICES, 0, SeekPosition.BEGINNING));
        var properties = container.getContainerProperties();
        // The follower is told with every poll that brought nothing, from the first on.
        properties.setPollTimeout(PriceFollower.CONFIRM_EVERY.toMillis());
        properties.setIdleEventInterval(PriceFollower.CONFIRM_EVERY.toMillis() / 2);
        properties.setIdleBeforeDataMultiplier(1);
        return container;
    }
}
