package com.gogogoapi.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sees to it that nobody gets into a database cluster without a password, before its server listens.
 *
 * <p>The superuser's password is made once and kept beside the cluster, for its owner's eyes. It is set by the server
 * program itself in single-user mode, which asks nobody and listens to nobody: so there is no moment at which the cluster
 * is open, neither when it is new nor when it is one of a time when everybody was trusted.
 */
final class PostgresLock {

    private static final String TRUST_NOBODY = """
            # Written at every start.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path programs;
    private final Path kept;
    private final String password;
    private boolean isSet;

    /** @param programs where the server's programs will be once it is to be locked */
    PostgresLock(Path dataFolder, Path programs) throws IOException {
        this.programs = programs;
        this.kept = dataFolder.resolve("superuser-password");
        this.isSet = Files.exists(kept);
        this.password = isSet ? Files.readString(kept).strip() : Passwords.generate();
    }

    String superuserPassword() {
        return password;
    }

    /** The cluster that knew the password is no more. */
    void forget() {
        isSet = false;
    }

    /** To be called while no server serves the cluster. */
    void lock(Path cluster) {
        try {
            Files.writeString(cluster.resolve("pg_hba.conf"), TRUST_NOBODY);
            if (!isSet) {
                alone(cluster, "alter role %s password '%s'".formatted(EmbeddedPostgres.SUPERUSER, password));
                // Kept last: a start that is killed before this makes another.
                writePrivately(kept, password);
                isSet = true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void alone(Path cluster, String statement) throws IOException {
        var command = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            // As its other programs are run: PostgreSQL refuses to be root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                program().toString(),
                "--single",
                "-D",
                cluster.toString(),
                "-c",
                "password_encryption=scram-sha-256",
                EmbeddedPostgres.SUPERUSER));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var input = process.outputWriter(UTF_8)) {
            input.write(statement + "\n");
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0 || said.contains("ERROR")) {
                throw new IOException("PostgreSQL's superuser was given no password: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL's superuser was given a password", e);
        }
    }

    /** The newest, where an earlier version's programs lie beside it. */
    private Path program() throws IOException {
        try (var versions = Files.list(programs)) {
            return versions.map(version -> version.resolve("bin/postgres"))
                    .filter(Files::exists)
                    .max(Comparator.comparing(program -> program.toFile().lastModified()))
                    .orElseThrow(() -> new IOException("no PostgreSQL in " + programs));
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
