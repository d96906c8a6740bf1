package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.UpstreamSimulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services as they are deployed: executable jars, processes of their own, more than one of those that scale. */
@Tag("acceptance")
class SeparateServicesTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int REQUESTS = 40;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path outbox;

    private final List<Process> processes = new ArrayList<>();
    private Database usageDatabase;
    private String usageUrl;
    private Process usageProcess;
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stopAll() throws InterruptedException {
        processes.forEach(Process::destroy);
        for (var process : processes) {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void severalInstancesServeOneSetOfBooks() throws Exception {
        try (var simulator = UpstreamSimulator.start(0)) {
            var proxies = startAll(simulator);
            var key = keyOfANewAccount(proxies);
            var body = Customer.chat("Hello", 50, false);
            var charged = BigDecimal.ZERO;
            try (var threads = Executors.newFixedThreadPool(8)) {
                var answers = new ArrayList<Future<HttpResponse<String>>>();
                for (var i = 0; i < REQUESTS; i++) {
                    var proxy = proxies.get(i % proxies.size());
                    answers.add(threads.submit(() -> send(proxy.url() + "/v1/chat/completions", key, body)));
                }
                for (var answer : answers) {
                    assertThat(answer.get().statusCode())
                            .as(answer.get().body())
                            .isEqualTo(200);
                    charged = charged.add(new BigDecimal(
                            answer.get().headers().firstValue("x-cost-usd").orElseThrow()));
                }
            }

            for (var proxy : proxies) {
                var credits = credits(proxy, key);
                assertThat(Customer.amount(credits, "total_usage_usd")).isEqualByComparingTo(charged);
                assertThat(Customer.amount(credits, "held_usd")).isZero();
            }
        }
    }

    @Test
    void whatAKilledProxyHadDeliveredIsChargedByAnother() throws Exception {
        try (var simulator = UpstreamSimulator.start(0)) {
            var proxies = startAll(simulator);
            var key = keyOfANewAccount(proxies);
            var stream = LongStream.begin(proxies.get(0).url(), key, "tokens=10000, chunk-delay-ms=10", 20_000);
            await().atMost(SOON).until(() -> stream.piecesUntil(Instant.now().minusSeconds(6)) > 10);
            proxies.get(0).process().destroyForcibly().waitFor();
            assertThat(stream.text()).doesNotContain("[DONE]");

            var survivor = proxies.get(1);
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            newestLine(survivor, key).path("rule").asString())
                    .isEqualTo("INTERRUPTED_MIDWAY"));
            var line = newestLine(survivor, key);
            assertThat(line.path("completion_tokens").asLong()).isBetween(10L, stream.pieces() + 100);
            assertThat(Customer.amount(credits(survivor, key), "held_usd")).isZero();
        }
    }

    @Test
    void requestsGoOnWithoutWhatShowsThem() throws Exception {
        try (var simulator = UpstreamSimulator.start(0)) {
            var proxy = startAll(simulator).get(0);
            var key = keyOfANewAccount(List.of(proxy, proxy));
            var body = Customer.chat("Hello", 50, false);
            assertThat(send(proxy.url() + "/v1/chat/completions", key, body).statusCode())
                    .isEqualTo(200);
            awaitRequests(proxy, key, 1);

            usageProcess.destroyForcibly().waitFor();
            for (var i = 0; i < REQUESTS; i++) {
                assertThat(send(proxy.url() + "/v1/chat/completions", key, body).statusCode())
                        .isEqualTo(200);
            }
            assertThat(getWithKey(proxy.url() + "/v1/requests", key)).contains("usage_unavailable");

            startUsage(URI.create(usageUrl).getPort());
            awaitRequests(proxy, key, REQUESTS + 1);
            assertThat(getWithKey(proxy.url() + "/v1/activity", key)).contains("\"requests\":" + (REQUESTS + 1));
        }
    }

    private void awaitRequests(Service proxy, String key, int ended) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(JsonMapper.shared()
                        .readTree(getWithKey(proxy.url() + "/v1/requests?rule=COMPLETED", key))
                        .path("data"))
                .hasSize(ended));
    }

    private JsonNode newestLine(Service proxy, String key) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxy.url() + "/v1/ledger", key))
                .path("data")
                .path(0);
    }

    private JsonNode credits(Service proxy, String key) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxy.url() + "/v1/credits", key))
                .path("data");
    }

    /** All services, of those that scale two, and two proxies that are ready. */
    private List<Service> startAll(UpstreamSimulator simulator) throws Exception {
        var pricing = start("pricing-service", database("pricing"), Map.of());
        var quote = start("quote-service", null, Map.of("GOGOGOAPI_QUOTE_SIGNING_KEYS", SECRET));
        var ledgerDatabase = database("ledger");
        var ledger = start("ledger-service", ledgerDatabase, Map.of());
        var secondLedger = start("ledger-service", ledgerDatabase, Map.of());
        usageDatabase = database("usage");
        usageUrl = startUsage(freePort()).url();
        var proxyDatabase = database("proxy");
        var proxies = new ArrayList<Service>();
        for (var address : List.of(ledger, secondLedger)) {
            proxies.add(start(
                    "proxy-service",
                    proxyDatabase,
                    Map.of(
                            "GOGOGOAPI_PROXY_OPERATOR_TOKEN", SECRET,
                            "GOGOGOAPI_PROXY_PRICING_URL", pricing.url(),
                            "GOGOGOAPI_PROXY_QUOTE_URL", quote.url(),
                            "GOGOGOAPI_PROXY_LEDGER_URL", address.url(),
                            "GOGOGOAPI_PROXY_USAGE_URL", usageUrl,
                            "GOGOGOAPI_PROXY_UPSTREAM_BASE_URL", simulator.baseUrl(),
                            "GOGOGOAPI_PROXY_UPSTREAM_API_KEY", "key",
                            "GOGOGOAPI_PROXY_OUTBOX_FOLDER", outbox.toString(),
                            "GOGOGOAPI_PROXY_OUTBOX_TAKEOVERAFTER", "5s")));
        }
        for (var service : List.of(pricing, quote, ledger, secondLedger, proxies.get(0), proxies.get(1))) {
            await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(() -> assertThat(
                            get(service.management() + "/actuator/health/readiness"))
                    .contains("UP"));
            assertThat(get(service.management() + "/actuator/prometheus")).contains("jvm_memory_used_bytes");
        }
        return proxies;
    }

    private String keyOfANewAccount(List<Service> proxies) throws Exception {
        var account = operator(proxies.get(0), "/accounts", Map.of("name", "x"))
                .path("account_id")
                .asString();
        operator(proxies.get(1), "/accounts/" + account + "/grants", Map.of("amount_usd", "1", "reference", "r"));
        return operator(proxies.get(0), "/accounts/" + account + "/keys", Map.of("label", "x"))
                .path("api_key")
                .asString();
    }

    private record Service(String url, String management, Process process) {}

    private static Database database(String name) {
        return Infrastructure.shared().newDatabase("separate_" + name);
    }

    private Service startUsage(int port) throws IOException {
        var usage = start("usage-service", usageDatabase, Map.of(), port);
        usageProcess = usage.process();
        return usage;
    }

    private Service start(String module, Database database, Map<String, String> settings) throws IOException {
        return start(module, database, settings, freePort());
    }

    private Service start(String module, Database database, Map<String, String> settings, int port) throws IOException {
        var managementPort = module.equals("proxy-service") ? freePort() : port;
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar(module).toString(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--server.address=127.0.0.1");
        var environment = builder.environment();
        environment.putAll(Infrastructure.shared().kafka(userOf(module)).serviceEnvironment());
        environment.put("GOGOGOAPI_INTERNAL_SECRET", SECRET);
        environment.putAll(settings);
        if (database != null) {
            environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
            environment.put("SPRING_DATASOURCE_USERNAME", database.username());
            environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        }
        var process = builder.redirectErrorStream(true)
                .redirectOutput(Path.of("target", module + "-" + port + ".log").toFile())
                .start();
        processes.add(process);
        return new Service("http://127.0.0.1:" + port, "http://127.0.0.1:" + managementPort, process);
    }

    private static BrokerUser userOf(String module) {
        return Arrays.stream(BrokerUser.values())
                .filter(user -> user.username().equals(module))
                .findFirst()
                .orElseThrow();
    }

    private static Path jar(String module) throws IOException {
        try (var files = Files.list(Path.of("")
                .toAbsolutePath()
                .getParent()
                .getParent()
                .resolve(module)
                .resolve("target"))) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private JsonNode operator(Service proxy, String path, Map<String, String> body) throws Exception {
        var answer = send(
                proxy.url() + "/api/v1/operator" + path,
                SECRET,
                JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> send(String url, String bearer, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + bearer)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(String url) throws Exception {
        return getWithKey(url, "none");
    }

    private String getWithKey(String url, String key) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
