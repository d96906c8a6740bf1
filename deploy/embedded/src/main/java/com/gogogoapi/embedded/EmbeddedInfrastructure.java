package com.gogogoapi.embedded;

import com.gogogoapi.contracts.wire.BrokerUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both servers on a temporary folder that goes with the JVM. */
final class EmbeddedInfrastructure extends Infrastructure {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedInfrastructure.class);

    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;

    private EmbeddedInfrastructure(EmbeddedPostgres postgres, EmbeddedKafka kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
    }

    static EmbeddedInfrastructure start() throws IOException {
        var folder = Files.createTempDirectory("gogogoapi-test-");
        var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Passwords.ofAllBrokerUsers());
        var infrastructure = new EmbeddedInfrastructure(postgres, kafka);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> infrastructure.stop(folder), "test-infrastructure-stop"));
        return infrastructure;
    }

    @Override
    public KafkaAccess kafka(BrokerUser user) {
        return kafka.as(user);
    }

    @Override
    public boolean locksKafka() {
        return true;
    }

    @Override
    public Database copyOf(Database original, String namePrefix) {
        var name = next(namePrefix);
        try (var connection = postgres.connect(EmbeddedPostgres.SUPERUSER);
                var statement = connection.createStatement()) {
            statement.execute("create database %s template %s".formatted(name, original.name()));
            return postgres.database(name);
        } catch (SQLException e) {
            throw new IllegalStateException("no copy of " + original.name(), e);
        }
    }

    @Override
    Database create(String name) {
        try {
            return postgres.database(name);
        } catch (SQLException e) {
            throw new IllegalStateException("The database " + name + " could not be made.", e);
        }
    }

    private void stop(Path folder) {
        try {
            kafka.close();
            postgres.close();
            Folders.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} could not be tidied up", folder, e);
        }
    }
}
