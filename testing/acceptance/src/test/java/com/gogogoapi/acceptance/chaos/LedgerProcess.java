package com.gogogoapi.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.fixtures.Authentic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One ledger-service as it is deployed: the executable jar in a JVM of its own, its log in {@code target/}. */
final class LedgerProcess implements AutoCloseable {

    /** As the ledger's own consumers have it: whoever is silent for longer loses its shards. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    static final Duration HOLDS_LIVE = Duration.ofSeconds(3);

    private static final int WORKERS = 2;
    private static final int BATCH = 50;

    /** Records that all workers together can be in the midst of when a signal arrives. */
    static final int MOST_IN_FLIGHT = WORKERS * BATCH;

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(40);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final String name;
    private final URI address;
    private final Path output;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    private LedgerProcess(String name, URI address, Path output, Process process) {
        this.name = name;
        this.address = address;
        this.output = output;
        this.process = process;
    }

    /** Starts it and does not wait until it is ready. */
    static LedgerProcess start(String name, Database database, KafkaAccess kafka, int shards) {
        try {
            var port = freePort();
            var output = Path.of("target", "chaos", name + ".log");
            Files.createDirectories(output.getParent());
            var builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-jar",
                    jar().toString(),
                    "--server.port=" + port,
                    "--server.address=127.0.0.1",
                    "--gogogoapi.shards=" + shards,
                    "--gogogoapi.ledger.hold-duration=" + HOLDS_LIVE.toSeconds() + "s",
                    // Small batches: what one poll fetched takes several turns, so a stop falls between them.
                    "--gogogoapi.ledger.workers=" + WORKERS,
                    "--gogogoapi.ledger.max-batch-records=" + BATCH);
            builder.command().addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
            var environment = builder.environment();
            environment.putAll(kafka.serviceEnvironment());
            environment.put("GOGOGOAPI_INTERNAL_SECRET", "0123456789abcdef0123456789abcdef");
            environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
            environment.put("SPRING_DATASOURCE_USERNAME", database.username());
            environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new LedgerProcess(name, URI.create("http://127.0.0.1:" + port), output, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() throws IOException {
        var target = Path.of("..", "..", "ledger-service", "target").toAbsolutePath();
        try (var files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no executable jar in " + target + ": package it first"));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it is ready, its workers taking their turns. */
    LedgerProcess ready() {
        await(name + " is ready")
                .atMost(START)
                .failFast(name + " ended; see " + output, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").contains("UP"));
        return this;
    }

    /** {@code kill -9}. */
    void killHard() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: alive, its connections open, doing nothing. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT: goes on in the middle of whatever it did, not knowing that time has passed. */
    void resume() {
        signal("CONT");
    }

    /** SIGTERM, and the orderly end that follows. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException(name + " did not get SIG" + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not end within " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Batches of a shard that the database refused because another instance had moved the shard. */
    long fenced() {
        return counter("gogogoapi_ledger_fenced_total");
    }

    /** Events that this instance appended. */
    long appended() {
        return counter("gogogoapi_ledger_events_total");
    }

    private long counter(String metric) {
        var line = Pattern.compile("^" + metric + "(?:\\{.*})? ([0-9]+)(?:\\.0)?$", Pattern.MULTILINE);
        var found = line.matcher(get("/actuator/prometheus"));
        if (!found.find()) {
            throw new IllegalStateException(name + " has no counter " + metric);
        }
        return Long.parseLong(found.group(1));
    }

    private String get(String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(address.resolve(path))
                                    .timeout(ANSWER)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it whatever state it is in, also a stopped one. */
    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
        awaitEnd();
    }

    @Override
    public String toString() {
        return name;
    }

    static List<LedgerProcess> alive(List<LedgerProcess> ledgers) {
        return ledgers.stream().filter(LedgerProcess::isAlive).toList();
    }
}
