package com.gogogoapi.proxy.outbox;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down where neither database nor file takes anything: what Kafka does not take then may be lost. */
@Component
class OutboxHealthIndicator implements HealthIndicator {

    private final OutboxPublisher publisher;
    private final OutboxFiles files;

    OutboxHealthIndicator(OutboxPublisher publisher, OutboxFiles files) {
        this.publisher = publisher;
        this.files = files;
    }

    @Override
    public Health health() {
        var database = publisher.databaseAnswers();
        var file = files.isWritable();
        return (database || file ? Health.up() : Health.down())
                .withDetail("database", database)
                .withDetail("file", file)
                .build();
    }
}
