package com.gogogoapi.embedded;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Kafka and PostgreSQL that tests run on: embedded by default, in containers with {@code
 * -Dinfrastructure=containers} (needs Testcontainers on the class path and a container engine). Started once a JVM,
 * stopped with it.
 */
public abstract sealed class Infrastructure permits EmbeddedInfrastructure, ContainerInfrastructure {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Started at the first use, not before. */
    private static final class Shared {
        private static final Infrastructure INSTANCE = start();

        private static Infrastructure start() {
            var kind = System.getProperty("infrastructure", "embedded");
            try {
                return switch (kind) {
                    case "embedded" -> EmbeddedInfrastructure.start();
                    case "containers" -> ContainerInfrastructure.start();
                    default ->
                        throw new IllegalArgumentException(
                                "-Dinfrastructure must be embedded or containers, not " + kind + ".");
                };
            } catch (IOException e) {
                throw new IllegalStateException("The " + kind + " infrastructure did not start.", e);
            }
        }
    }

    public static Infrastructure shared() {
        return Shared.INSTANCE;
    }

    public abstract String kafkaBootstrapServers();

    /** A new, empty database whose name begins so. */
    public final Database newDatabase(String namePrefix) {
        return create(namePrefix + "_" + DATABASES.incrementAndGet());
    }

    abstract Database create(String name);
}
