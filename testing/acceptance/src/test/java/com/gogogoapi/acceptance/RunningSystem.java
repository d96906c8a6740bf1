package com.gogogoapi.acceptance;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.embedded.FreePorts;
import com.gogogoapi.embedded.KafkaAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The standalone system in a process of its own, as a user would run it. */
final class RunningSystem implements AutoCloseable {

    /** For each account within an hour. */
    static final int FREE_EARLY_LEAVINGS = 3;

    /** A route of the shared system's, for the test that publishes a price of it. */
    static final String SPEAKS_CHAT_ALONE = "speaks-chat-alone";
    /** Of requests with an Idempotency-Key. */
    static final int MAX_KEPT_ANSWER_BYTES = 65_536;

    private static final Duration START = Duration.ofMinutes(5);

    private final Path data;
    private final int port;
    private final List<String> settings;
    private final List<String> arguments;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    private RunningSystem(Path data, int port, List<String> settings, List<String> arguments) {
        this.data = data;
        this.port = port;
        this.settings = settings;
        this.arguments = arguments;
    }

    private static final class Shared {
        private static final RunningSystem INSTANCE = start();

        private static RunningSystem start() {
            try {
                var system = RunningSystem.startWith(
                        "gogogoapi.proxy.upstream.no-progress-timeout=2s",
                        "gogogoapi.proxy.upstream.first-byte-timeout=4s",
                        "gogogoapi.proxy.upstream.queue-timeout=6s",
                        "gogogoapi.proxy.free-early-leavings-per-hour=" + FREE_EARLY_LEAVINGS,
                        // By another protocol than chat a client gets there only translated.
                        "gogogoapi.proxy.upstream.protocols.[" + SPEAKS_CHAT_ALONE + "]=chat",
                        "gogogoapi.proxy.idempotency.max-answer-bytes=" + MAX_KEPT_ANSWER_BYTES,
                        // Customers' servers are this machine.
                        "gogogoapi.usage.webhooks.allow-private=true",
                        // Many tests try tokens that are not the operator's, all of them from one address.
                        "gogogoapi.proxy.operator.failures-per-minute=10000",
                        "gogogoapi.proxy.operator.second-approval-above=500000");
                Runtime.getRuntime().addShutdownHook(new Thread(system::close));
                return system;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One for all tests that do not end it; stalls are short there. */
    static RunningSystem shared() {
        return Shared.INSTANCE;
    }

    /** @param settings {@code name=value} */
    static RunningSystem startWith(String... settings) throws IOException {
        return started(List.of(settings), List.of());
    }

    /** One that is told more on its command line. */
    static RunningSystem startWithArguments(String... arguments) throws IOException {
        return started(List.of(), List.of(arguments));
    }

    private static RunningSystem started(List<String> settings, List<String> arguments) throws IOException {
        var system = new RunningSystem(
                Files.createTempDirectory("gogogoapi-acceptance-"), FreePorts.next(), settings, arguments);
        system.start();
        return system;
    }

    /** One that finds data there. */
    static RunningSystem on(Path data) throws IOException {
        var system = new RunningSystem(data, FreePorts.next(), List.of(), List.of());
        system.start();
        return system;
    }

    void start() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Most live for seconds: the quick compiler alone is ready sooner than both.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g"));
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "com.gogogoapi.standalone.Standalone",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(arguments);
        var output = data.resolve("output.txt");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Awaitility.await()
                .atMost(START)
                .failFast("the system ended", () -> !process.isAlive())
                .until(() -> Files.readString(output).contains("is ready"));
    }

    /** {@code kill -9} of the whole process. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** What SIGTERM does. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the system did not stop within three minutes of SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            stop();
            deleteData();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deleteData() throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    Path data() {
        return data;
    }

    String url(String path) {
        return "http://localhost:" + port + path;
    }

    private JsonNode access() {
        return file("access.json");
    }

    private JsonNode file(String name) {
        try {
            return JsonMapper.shared().readTree(Files.readString(data.resolve(name)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As anybody reads the topics who was given {@code access.json}. */
    KafkaAccess kafkaAsAuditor() {
        return new KafkaAccess.Login(
                access("kafka_bootstrap_servers"),
                access("kafka_sasl_mechanism"),
                access("kafka_username"),
                access("kafka_password"));
    }

    /** With a service's own password. */
    KafkaAccess kafkaAs(BrokerUser user) {
        return new KafkaAccess.Login(
                access("kafka_bootstrap_servers"),
                KafkaAccess.Login.SCRAM,
                user.username(),
                file("secrets.json").path("kafka_password_" + user.username()).asString());
    }

    /** By which the ledger knows a service's records. */
    IntakeSecret intakeSecret(IntakeAuthor author) {
        return new IntakeSecret(
                author,
                file("secrets.json").path("intake_secret_" + author.service()).asString());
    }

    String access(String name) {
        return access().path(name).asString();
    }

    /** A new account with so much credit and a key. */
    Customer customer(String usd) {
        var account = operator("POST", "/accounts", Map.of("name", "test"))
                .path("account_id")
                .asString();
        operator("POST", "/accounts/" + account + "/grants", Map.of("amount_usd", usd, "reference", "opening"));
        var key = operator("POST", "/accounts/" + account + "/keys", Map.of("label", "test"));
        return new Customer(
                this,
                account,
                key.path("key_id").asString(),
                key.path("api_key").asString());
    }

    JsonNode operator(String method, String path, Object body) {
        var answer = send(
                method,
                "/api/v1/operator" + path,
                access("operator_token"),
                JsonMapper.shared().writeValueAsString(body));
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    HttpResponse<String> send(String method, String path, String bearer, String body) {
        var request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The simulator's own log and controls. */
    JsonNode simulator(String method, String path) {
        return simulator(method, path, "");
    }

    JsonNode simulator(String method, String path, String body) {
        return JsonMapper.shared().readTree(simulatorText(method, path, body));
    }

    String simulatorText(String method, String path, String body) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(access("upstream_url") + "/simulator" + path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
