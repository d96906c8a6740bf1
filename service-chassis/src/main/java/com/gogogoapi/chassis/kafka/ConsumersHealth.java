package com.gogogoapi.chassis.kafka;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Down as soon as one of this instance's consumers ended that nobody ended. */
final class ConsumersHealth implements HealthIndicator {

    private final ObjectProvider<MessageListenerContainer> containers;

    ConsumersHealth(ObjectProvider<MessageListenerContainer> containers) {
        this.containers = containers;
    }

    @Override
    public Health health() {
        var ended = containers.stream()
                .filter(container -> !container.isInExpectedState())
                .map(MessageListenerContainer::getListenerId)
                .sorted()
                .toList();
        return ended.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("ended", ended).build();
    }
}
