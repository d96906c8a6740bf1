package com.gogogoapi.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What a service started from an IDE needs beside it: a PostgreSQL with every service's database and a Kafka, on the ports
 * that {@code build/development.yml} names. Data stays in the folder that the first argument names.
 */
public final class DevelopmentServers {

    private static final int POSTGRES_PORT = 5432;
    private static final int KAFKA_PORT = 9092;
    private static final List<String> DATABASES = List.of("pricing", "account", "ledger", "proxy", "usage", "funding");

    private DevelopmentServers() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        var folder = Path.of(arguments.length > 0 ? arguments[0] : "data/development");
        var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), POSTGRES_PORT);
        for (var database : DATABASES) {
            System.out.println(postgres.database(database).jdbcUrl());
        }
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), KAFKA_PORT);
        System.out.println(kafka.bootstrapServers());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(kafka, postgres), "development-servers-stop"));
    }

    private static void stop(EmbeddedKafka kafka, EmbeddedPostgres postgres) {
        kafka.close();
        try {
            postgres.close();
        } catch (IOException e) {
            System.err.println("PostgreSQL did not stop in order: " + e.getMessage());
        }
    }
}
