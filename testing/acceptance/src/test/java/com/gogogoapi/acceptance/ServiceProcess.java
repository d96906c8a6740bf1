package com.gogogoapi.acceptance;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.FreePorts;
import com.gogogoapi.fixtures.Authentic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One service as it is deployed: the executable jar in a JVM of its own, its log in {@code target/services}. */
public final class ServiceProcess implements AutoCloseable {

    /** What services, operators and quotes are known by here. */
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** What only ends a wait that nothing will end any more: a machine may be busy with something else. */
    private static final Duration START = Duration.ofMinutes(5);

    private static final Duration STOP = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final String name;
    private final String url;
    private final String managementUrl;
    private final Path output;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServiceProcess(String name, String url, String managementUrl, Path output, Process process) {
        this.name = name;
        this.url = url;
        this.managementUrl = managementUrl;
        this.output = output;
        this.process = process;
    }

    /**
     * Starts it and does not wait until it is ready.
     *
     * @param name of its log file
     * @param environment how it reaches Kafka and its database, among others
     */
    public static ServiceProcess start(
            String name, String module, Map<String, String> environment, String... arguments) {
        return start(name, module, FreePorts.next(), environment, arguments);
    }

    /** As {@link #start(String, String, Map, String...)}, at this port. */
    static ServiceProcess start(
            String name, String module, int port, Map<String, String> environment, String... arguments) {
        try {
            var managementPort = module.equals("proxy-service") ? FreePorts.next() : port;
            var output = Path.of("target", "services", name + ".log");
            Files.createDirectories(output.getParent());
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-jar",
                    jar(module).toString(),
                    "--server.port=" + port,
                    "--management.server.port=" + managementPort,
                    "--server.address=127.0.0.1"));
            IntakeAuthor.named(module).ifPresent(author -> command.addAll(Authentic.settings(author)));
            command.addAll(List.of(arguments));
            var builder = new ProcessBuilder(command);
            builder.environment().put("GOGOGOAPI_INTERNAL_SECRET", SECRET);
            builder.environment().putAll(environment);
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ServiceProcess(
                    name, "http://127.0.0.1:" + port, "http://127.0.0.1:" + managementPort, output, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a service is told of its database. */
    public static Map<String, String> environmentOf(Database database) {
        return Map.of(
                "SPRING_DATASOURCE_URL", database.jdbcUrl(),
                "SPRING_DATASOURCE_USERNAME", database.username(),
                "SPRING_DATASOURCE_PASSWORD", database.password());
    }

    private static Path jar(String module) throws IOException {
        var target = Path.of("..", "..", module, "target").toAbsolutePath().normalize();
        try (var files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no executable jar in " + target + ": package it first"));
        }
    }

    public String url() {
        return url;
    }

    /** Waits until it is ready. */
    public ServiceProcess ready() {
        await(name + " is ready")
                .atMost(START)
                .failFast(name + " ended; see " + output, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").contains("UP"));
        return this;
    }

    /** {@code kill -9}. */
    public void killHard() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: alive, its connections open, doing nothing. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: goes on in the middle of whatever it did, not knowing that time has passed. */
    public void resume() {
        signal("CONT");
    }

    /** SIGTERM, and the orderly end that follows. */
    public void stop() {
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
                throw new AssertionError(name + " did not end within " + STOP + "; see " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What a counter without labels, or with the same ones always, stands at. */
    public long counter(String metric) {
        var line = Pattern.compile("^" + metric + "(?:\\{.*})? ([0-9]+)(?:\\.0)?$", Pattern.MULTILINE);
        var found = line.matcher(get("/actuator/prometheus"));
        if (!found.find()) {
            throw new IllegalStateException(name + " has no counter " + metric);
        }
        return Long.parseLong(found.group(1));
    }

    /** What it answers at the port of its health and metrics. */
    String get(String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(managementUrl + path))
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
}
