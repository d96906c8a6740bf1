package com.gogogoapi.usage.following;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FollowingProperties.class)
class FollowingConfiguration {

    /** So many events are one transaction at most, of each shard. */
    private static final int BATCH = 2_000;

    private static final long IDLE_MILLIS = 500;
    private static final long BETWEEN_ATTEMPTS_MILLIS = 1_000;

    /** Shares the shards with the other instances; what is new is known to each from the table. */
    @Bean(LedgerFollower.NAME)
    ConcurrentMessageListenerContainer<String, byte[]> usageFollowerContainer(
            ListenerContainers containers, InstalledTopics topics, LedgerFollower follower) {
        var container = containers.sharing(
                LedgerFollower.NAME, BrokerUser.USAGE_SERVICE.username(), Topics.LEDGER_EVENTS, follower);
        var properties = container.getContainerProperties();
        properties.setIdleEventInterval(IDLE_MILLIS);
        properties.getKafkaConsumerProperties().setProperty("max.poll.records", Integer.toString(BATCH));
        // Nothing is set aside: while the database is away, reading waits.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(BETWEEN_ATTEMPTS_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS)));
        return container;
    }
}
