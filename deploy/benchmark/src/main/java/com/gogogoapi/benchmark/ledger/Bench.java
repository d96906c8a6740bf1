package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The servers of one run, with {@code fsync} on: one PostgreSQL for all of it, a Kafka for each part. */
final class Bench implements AutoCloseable {

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final AtomicInteger number = new AtomicInteger();

    private Bench(Path folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /** @param folder made if missing; the disk it is on is the disk that is measured */
    static Bench start(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Bench(folder, EmbeddedPostgres.start(folder.resolve("postgres"), 0));
    }

    EmbeddedKafka newKafka() throws IOException {
        return EmbeddedKafka.start(folder.resolve("kafka-" + number.incrementAndGet()), 0);
    }

    /** An empty database. */
    Database newDatabase(String prefix) throws SQLException {
        return postgres.database(prefix + "_" + number.incrementAndGet());
    }

    /** An empty database with the ledger's tables. */
    PGSimpleDataSource newLedgerDatabase() throws SQLException {
        var dataSource = dataSource(newDatabase("ledger"));
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/ledger-service")
                .load()
                .migrate();
        return dataSource;
    }

    static PGSimpleDataSource dataSource(Database database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.username());
        dataSource.setPassword(database.password());
        return dataSource;
    }

    int postgresPort() {
        return postgres.port();
    }

    /** Settles what a part left behind, so that the next does not pay for it. */
    void checkpoint() throws SQLException {
        try (var connection = dataSource(postgres.database("postgres")).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
