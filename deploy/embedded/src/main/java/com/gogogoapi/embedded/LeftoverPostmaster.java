package com.gogogoapi.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database server that outlived the process which started it ({@code kill -9}), on the data that is to be served now.
 *
 * <p>Its pid stands in {@code postmaster.pid}. It is stopped, orderly if it can be, and waited for; the file of a dead
 * one is left to PostgreSQL, which knows it for stale.
 */
final class LeftoverPostmaster {

    private static final Logger log = LoggerFactory.getLogger(LeftoverPostmaster.class);

    private static final Duration ORDERLY = Duration.ofSeconds(10);
    private static final Duration KILLED = Duration.ofSeconds(10);

    private LeftoverPostmaster() {}

    /** @throws IOException if it is there and does not end */
    static void stop(Path cluster) throws IOException {
        var leftover = find(cluster);
        if (leftover.isEmpty()) {
            return;
        }
        var process = leftover.get();
        log.info("stopping the database server {} that a former process left behind", process.pid());
        process.destroy();
        if (!ended(process, ORDERLY)) {
            kill(process, cluster);
        }
    }

    /** @throws IOException if no server serves this data, or it does not end */
    static void kill(Path cluster) throws IOException {
        kill(
                find(cluster)
                        .orElseThrow(() ->
                                new IOException("A database server must be serving " + cluster + "; there is none.")),
                cluster);
    }

    private static void kill(ProcessHandle process, Path cluster) throws IOException {
        // Its children hold the shared memory; they end by themselves once the postmaster is gone.
        var children = process.descendants().toList();
        process.destroyForcibly();
        for (var child : children) {
            child.destroyForcibly();
            ended(child, KILLED);
        }
        if (!ended(process, KILLED)) {
            throw new IOException("The database server " + process.pid() + " left behind in " + cluster
                    + " does not end: it must be stopped before the next start.");
        }
    }

    private static Optional<ProcessHandle> find(Path cluster) throws IOException {
        var pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            return ProcessHandle.of(Long.parseLong(lines.getFirst().trim()))
                    .filter(ProcessHandle::isAlive)
                    .filter(LeftoverPostmaster::isPostgres);
        } catch (NumberFormatException e) {
            log.warn("{} does not begin with a pid; leaving it to the server to judge", pidFile);
            return Optional.empty();
        }
    }

    /** After a restart of the machine the pid may be another program's. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private static boolean ended(ProcessHandle process, Duration within) throws IOException {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a database server was stopping.", e);
        }
    }
}
