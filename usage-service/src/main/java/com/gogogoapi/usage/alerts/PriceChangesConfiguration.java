package com.gogogoapi.usage.alerts;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
class PriceChangesConfiguration {

    private static final long BETWEEN_ATTEMPTS_MILLIS = 1_000;

    /** @param topics made before they are followed */
    @Bean(PriceChanges.NAME)
    ConcurrentMessageListenerContainer<String, byte[]> priceChangesContainer(
            ListenerContainers containers, InstalledTopics topics, PriceChanges changes) {
        var container = containers.following(
                PriceChanges.NAME, changes, new TopicPartitionOffset(Topics.ROUTE_PRICES, 0, SeekPosition.BEGINNING));
        // While the database is away, it waits.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(BETWEEN_ATTEMPTS_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS)));
        return container;
    }
}
