package com.gogogoapi.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of its own on loopback, its data in a folder that stays.
 *
 * <p>Durable: {@code fsync} and {@code synchronous_commit} are on, whatever the packaging would choose. It survives a
 * {@code kill -9} of this process or of the server: a server left over from a former life is stopped first, and one that
 * is just dying is waited for.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final String USER = "postgres";
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final Path cluster;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path cluster) {
        this.server = server;
        this.cluster = cluster;
    }

    /**
     * @param dataFolder made if missing; belongs to the server alone
     * @param port on loopback; 0 for any free one
     * @throws IOException if the server does not start within a minute
     */
    public static EmbeddedPostgres start(Path dataFolder, int port) throws IOException {
        Files.createDirectories(dataFolder);
        var cluster = dataFolder.resolve("cluster").toAbsolutePath();
        var complete = dataFolder.resolve("cluster-complete");
        if (Files.exists(cluster)) {
            LeftoverPostmaster.stop(cluster);
            if (!Files.exists(complete)) {
                // A first start that was cut short: nothing can have been stored in it yet.
                log.info("removing the half-made database cluster of a first start that did not finish");
                Folders.delete(cluster);
            }
        }
        var builder = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(dataFolder.resolve("program").toFile())
                .setPGStartupWait(STARTUP)
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_wal_size", "1GB");
        if (port != 0) {
            builder.setPort(port);
        }
        var server = builder.start();
        if (!Files.exists(complete)) {
            Files.createFile(complete);
        }
        return new EmbeddedPostgres(server, cluster);
    }

    public int port() {
        return server.getPort();
    }

    /**
     * The database of that name, made if it is not there.
     *
     * @throws IllegalArgumentException if the name is not of {@code [a-z][a-z0-9_]*}, at most 63 characters
     */
    public Database database(String name) throws SQLException {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A database name must be of " + DATABASE_NAME + "; this is " + name + ".");
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var find = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var make = connection.createStatement()) {
            find.setString(1, name);
            try (var found = find.executeQuery()) {
                if (!found.next()) {
                    make.execute("create database " + name);
                }
            }
        }
        return new Database("jdbc:postgresql://127.0.0.1:" + port() + "/" + name, USER, "");
    }

    /**
     * Ends the server as a crash would, with {@code kill -9}. What was committed is found again by the next start on the
     * same folder.
     *
     * @throws IOException if the server is not there or does not end
     */
    public void kill() throws IOException {
        LeftoverPostmaster.kill(cluster);
        // There is nothing left to stop; this gives back what this process holds of the data folder.
        server.close();
    }

    /** Stops the server as PostgreSQL's "fast" mode does: transactions are rolled back, everything committed is kept. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
