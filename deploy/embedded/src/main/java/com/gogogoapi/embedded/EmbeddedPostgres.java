package com.gogogoapi.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of its own on loopback, its data in a folder that stays.
 *
 * <p>Locked: nobody is trusted, each database belongs to a role of its own, and no service is a superuser.
 *
 * <p>Durable: {@code fsync} and {@code synchronous_commit} are on, whatever the packaging would choose. It survives a
 * {@code kill -9} of this process or of the server: a server left over from a former life is stopped first, and one that
 * is just dying is waited for.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    static final String SUPERUSER = "postgres";

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final Path cluster;
    private final String superuserPassword;

    private EmbeddedPostgres(
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path cluster, String superuserPassword) {
        this.server = server;
        this.cluster = cluster;
        this.superuserPassword = superuserPassword;
    }

    /**
     * Where the server's programs come from. Each data folder has its own, so that none depends on another's still being
     * there; two are the same if they are unpacked to the same place.
     */
    private record Programs(Path folder) implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware);
        }
    }

    /**
     * @param dataFolder made if missing; belongs to the server alone
     * @param port on loopback; 0 for any free one
     * @throws IOException if the server does not start within a minute
     */
    public static EmbeddedPostgres start(Path dataFolder, int port) throws IOException {
        Folders.makePrivate(dataFolder);
        var cluster = dataFolder.resolve("cluster").toAbsolutePath();
        var complete = dataFolder.resolve("cluster-complete");
        var programs = dataFolder.resolve("program").toAbsolutePath();
        var lock = new PostgresLock(dataFolder, programs);
        if (Files.exists(cluster)) {
            LeftoverPostmaster.stop(cluster);
            if (!Files.exists(complete)) {
                // A first start that was cut short: nothing can have been stored in it yet.
                log.info("removing the half-made database cluster of a first start that did not finish");
                Folders.delete(cluster);
                lock.forget();
            }
        }
        var builder = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(programs.toFile())
                .setPgBinaryResolver(new Programs(programs))
                .setDataDirectoryCustomizer(made -> lock.lock(cluster))
                .setConnectConfig("password", lock.superuserPassword())
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
        builder.setPort(port == 0 ? FreePorts.next() : port);
        var server = builder.start();
        if (!Files.exists(complete)) {
            Files.createFile(complete);
        }
        return new EmbeddedPostgres(server, cluster, lock.superuserPassword());
    }

    public int port() {
        return server.getPort();
    }

    /** The database of that name, as its owner with a password made now. */
    public Database database(String name) throws SQLException {
        return database(name, Passwords.generate());
    }

    /**
     * The database of that name, made if it is not there, as its owner: a role of the same name, who from now on has this
     * password, is no superuser and gets into no other database.
     *
     * @throws IllegalArgumentException if the name is not of {@code [a-z][a-z0-9_]*}, at most 63 characters, or the
     *     superuser's
     */
    public Database database(String name, String ownersPassword) throws SQLException {
        requireName(name);
        try (var connection = connect(SUPERUSER)) {
            new PostgresRoles(connection).ownDatabase(name, ownersPassword);
        }
        try (var connection = connect(name)) {
            PostgresRoles.giveContentToOwner(connection);
        }
        return new Database(url(name), name, ownersPassword);
    }

    /**
     * A database as one who only reads it.
     *
     * @param role who from now on has this password
     */
    public Database readOnly(String database, String role, String password) throws SQLException {
        requireName(role);
        try (var connection = connect(SUPERUSER)) {
            new PostgresRoles(connection).letRead(role, password, database);
        }
        return new Database(url(database), role, password);
    }

    /** A database as the superuser, who is no service's; the one called {@code postgres} is always there. */
    public Database asSuperuser(String database) {
        return new Database(url(database), SUPERUSER, superuserPassword);
    }

    Connection connect(String database) throws SQLException {
        var all = asSuperuser(database);
        return DriverManager.getConnection(all.jdbcUrl(), all.username(), all.password());
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches() || name.equals(SUPERUSER)) {
            throw new IllegalArgumentException("The name must be of lower case letters, digits and _, begin with a"
                    + " letter, and be nobody's yet: " + name);
        }
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
