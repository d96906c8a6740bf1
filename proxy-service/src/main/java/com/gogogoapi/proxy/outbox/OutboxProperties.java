package com.gogogoapi.proxy.outbox;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outbox works ({@code gogogoapi.proxy.outbox.*}).
 *
 * @param folder where files are kept while the database is away; may be shared by instances, and should outlast them
 * @param kafkaPatience how long Kafka has to take something before it is kept
 * @param takeOverAfter after how long without a word of it a request's instance is held to be dead
 * @param maxFileBytes the most that is kept in a file
 */
@ConfigurationProperties("gogogoapi.proxy.outbox")
public record OutboxProperties(
        Path folder,
        @DefaultValue("1s") Duration kafkaPatience,
        @DefaultValue("30s") Duration takeOverAfter,
        @DefaultValue("67108864") long maxFileBytes) {

    /** Some notes may fail before a living instance is taken for dead. */
    private static final Duration LEAST_TAKE_OVER = Duration.ofSeconds(5);

    public OutboxProperties {
        if (!kafkaPatience.isPositive()) {
            throw new IllegalArgumentException("gogogoapi.proxy.outbox.kafka-patience must be positive.");
        }
        if (takeOverAfter.compareTo(LEAST_TAKE_OVER) < 0) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.outbox.take-over-after must be at least " + LEAST_TAKE_OVER.toSeconds() + "s.");
        }
        if (maxFileBytes < 0) {
            throw new IllegalArgumentException("gogogoapi.proxy.outbox.max-file-bytes must not be negative.");
        }
    }
}
