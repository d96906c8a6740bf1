package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.embedded.Passwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The servers of one run, with {@code fsync} on: one PostgreSQL for all of it, a Kafka for each ledger. */
final class Bench implements AutoCloseable {

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final AtomicInteger number = new AtomicInteger();
    private boolean closed;

    private Bench(Path folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /** @param folder made, and emptied afterwards; the disk it is on is the disk that is measured */
    static Bench start(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Bench(folder, EmbeddedPostgres.start(folder.resolve("postgres"), 0));
    }

    Path folder() {
        return folder;
    }

    /** A broker with empty topics, whose data goes with it. */
    BenchKafka newKafka() throws IOException {
        var data = folder.resolve("kafka-" + number.incrementAndGet());
        delete(data);
        return new BenchKafka(EmbeddedKafka.start(data, 0, Passwords.ofAllBrokerUsers()), data);
    }

    record BenchKafka(EmbeddedKafka broker, Path data) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            broker.close();
            delete(data);
        }
    }

    /** An empty database. */
    Database newDatabase() throws SQLException {
        var name = "bench_" + number.incrementAndGet();
        drop(name);
        return postgres.database(name);
    }

    /** An empty database with the ledger's tables. */
    Database newLedgerDatabase() throws SQLException {
        var database = newDatabase();
        Flyway.configure()
                .dataSource(dataSource(database))
                .locations("classpath:db/ledger-service")
                .load()
                .migrate();
        return database;
    }

    /** Gives its disk back, so that a run needs no more than a round's. */
    void drop(Database database) throws SQLException {
        drop(database.name());
    }

    private void drop(String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
    }

    PGSimpleDataSource server() throws SQLException {
        return dataSource(postgres.asSuperuser("postgres"));
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

    /** The server's first process, whose children the others are. */
    long postmasterPid() throws IOException {
        try (var lines = Files.lines(folder.resolve("postgres/cluster/postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        }
    }

    /** Settles what was left behind, so that the next does not pay for it. */
    void checkpoint() throws SQLException {
        execute("checkpoint");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = server().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            postgres.close();
            delete(folder);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
