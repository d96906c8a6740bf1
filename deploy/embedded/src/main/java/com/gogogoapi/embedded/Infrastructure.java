package com.gogogoapi.embedded;

import com.gogogoapi.contracts.wire.BrokerUser;
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

    /** Kafka as one of its users. */
    public abstract KafkaAccess kafka(BrokerUser user);

    /** Kafka as one who may do everything, as a test's own hands need. */
    public final KafkaAccess kafka() {
        return kafka(BrokerUser.ADMIN);
    }

    /** Whether Kafka asks who somebody is. */
    public abstract boolean locksKafka();

    /** A new, empty database whose name begins so. */
    public final Database newDatabase(String namePrefix) {
        return create(next(namePrefix));
    }

    /** A copy of a database, as its owner; whoever uses the original has to have left it. */
    public abstract Database copyOf(Database original, String namePrefix);

    final String next(String namePrefix) {
        return namePrefix + "_" + DATABASES.incrementAndGet();
    }

    abstract Database create(String name);
}
