package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.UpstreamSimulator;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services as they are deployed: executable jars, processes of their own, more than one of those that scale. */
@Tag("acceptance")
@Tag("long")
class SeparateServicesTest {

    private static final String SECRET = ServiceProcess.SECRET;
    private static final int REQUESTS = 40;
    private static final int REVOCATIONS = 100;
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    private Path outbox;

    private final List<ServiceProcess> processes = new ArrayList<>();
    private Database usageDatabase;
    private ServiceProcess usage;
    private ServiceProcess accountService;
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stopAll() {
        try {
            processes.forEach(ServiceProcess::stop);
        } finally {
            processes.forEach(ServiceProcess::close);
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
            proxies.get(0).killHard();
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

            usage.killHard();
            for (var i = 0; i < REQUESTS; i++) {
                assertThat(send(proxy.url() + "/v1/chat/completions", key, body).statusCode())
                        .isEqualTo(200);
            }
            assertThat(getWithKey(proxy.url() + "/v1/requests", key)).contains("usage_unavailable");

            startUsage(URI.create(usage.url()).getPort());
            awaitRequests(proxy, key, REQUESTS + 1);
            assertThat(getWithKey(proxy.url() + "/v1/activity", key)).contains("\"requests\":" + (REQUESTS + 1));
        }
    }

    private void awaitRequests(ServiceProcess proxy, String key, int ended) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(JsonMapper.shared()
                        .readTree(getWithKey(proxy.url() + "/v1/requests?rule=COMPLETED", key))
                        .path("data"))
                .hasSize(ended));
    }

    /** The control plane may be away: what the proxies know is served, and what they do not know is not taken for wrong. */
    @Test
    void existingKeysAreServedWithoutTheAccountService() throws Exception {
        try (var simulator = UpstreamSimulator.start(0)) {
            var proxies = startAll(simulator);
            var key = keyOfANewAccount(proxies);
            var body = Customer.chat("Hello", 5, false);
            try (var load = Executors.newFixedThreadPool(4)) {
                var answers = new ArrayList<Future<Integer>>();
                for (var i = 0; i < REQUESTS; i++) {
                    var proxy = proxies.get(i % proxies.size());
                    if (i == REQUESTS / 2) {
                        // Not only asked to stop: gone, and with it the only one that its database lets in.
                        accountService.killHard();
                    }
                    answers.add(load.submit(() -> send(proxy.url() + "/v1/chat/completions", key, body)
                            .statusCode()));
                }
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo(200);
                }
            }
            for (var proxy : proxies) {
                assertThat(proxy.get("/actuator/health/readiness")).contains("UP");
                var unheardOf =
                        send(proxy.url() + "/v1/chat/completions", ApiKeyText.generate(new SecureRandom()), body);
                assertThat(unheardOf.statusCode()).as(unheardOf.body()).isEqualTo(503);
                assertThat(unheardOf.body()).contains("account_unavailable");
            }
        }
    }

    /** The time is a figure, not a promise of a busy machine: it is printed, and the test only wants an end of it. */
    @Test
    void aRevokedKeyStopsOnEveryProxyUnderLoad() throws Exception {
        try (var simulator = UpstreamSimulator.start(0)) {
            var proxies = startAll(simulator);
            var loadKey = keyOfANewAccount(proxies);
            var account = newAccount(proxies.getFirst());
            var isOver = new AtomicBoolean();
            var micros = new ArrayList<Long>();
            try (var load = Executors.newFixedThreadPool(4)) {
                for (var thread = 0; thread < 4; thread++) {
                    var proxy = proxies.get(thread % proxies.size());
                    load.submit(() -> {
                        while (!isOver.get()) {
                            send(proxy.url() + "/v1/chat/completions", loadKey, Customer.chat("Hello", 5, false));
                        }
                        return null;
                    });
                }
                for (var i = 0; i < REVOCATIONS; i++) {
                    var issued = operator(proxies.getFirst(), "/accounts/" + account + "/keys", Map.of("label", "x"));
                    var key = issued.path("api_key").asString();
                    for (var proxy : proxies) {
                        assertThat(statusWithKey(proxy, key))
                                .as("a new key works at once")
                                .isEqualTo(200);
                    }
                    operator(proxies.getFirst(), "/keys/revocations", Map.of("api_key", key));
                    var start = System.nanoTime();
                    for (var proxy : proxies) {
                        await().atMost(SOON)
                                .pollInterval(Duration.ofMillis(2))
                                .until(() -> statusWithKey(proxy, key) == 401);
                    }
                    micros.add((System.nanoTime() - start) / 1_000);
                }
                isOver.set(true);
            }
            micros.sort(null);
            System.out.printf(
                    "%d revocations under load, until the last of %d proxies refused: median %.1f ms, 99%% %.1f ms, most %.1f ms%n",
                    REVOCATIONS,
                    proxies.size(),
                    micros.get(REVOCATIONS / 2) / 1e3,
                    micros.get(REVOCATIONS * 99 / 100) / 1e3,
                    micros.getLast() / 1e3);
        }
    }

    private int statusWithKey(ServiceProcess proxy, String key) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(proxy.url() + "/v1/models"))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private JsonNode newestLine(ServiceProcess proxy, String key) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxy.url() + "/v1/ledger", key))
                .path("data")
                .path(0);
    }

    private JsonNode credits(ServiceProcess proxy, String key) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxy.url() + "/v1/credits", key))
                .path("data");
    }

    /** All services, of those that scale two, and two proxies that are ready. */
    private List<ServiceProcess> startAll(UpstreamSimulator simulator) throws Exception {
        var pricing = start("pricing-service", database("pricing"), Map.of());
        accountService = start("account-service", database("account"), Map.of());
        var quote = start("quote-service", null, Map.of("GOGOGOAPI_QUOTE_SIGNING_KEYS", SECRET));
        var ledgerDatabase = database("ledger");
        var ledger = start("ledger-service", ledgerDatabase, Map.of());
        var secondLedger = start("ledger-service", ledgerDatabase, Map.of());
        usageDatabase = database("usage");
        startUsage(RunningSystem.freePort());
        var proxyDatabase = database("proxy");
        var proxies = new ArrayList<ServiceProcess>();
        for (var address : List.of(ledger, secondLedger)) {
            proxies.add(start(
                    "proxy-service",
                    proxyDatabase,
                    Map.of(
                            "GOGOGOAPI_PROXY_OPERATOR_TOKEN", SECRET,
                            "GOGOGOAPI_PROXY_PRICING_URL", pricing.url(),
                            "GOGOGOAPI_PROXY_ACCOUNT_URL", accountService.url(),
                            "GOGOGOAPI_PROXY_QUOTE_URL", quote.url(),
                            "GOGOGOAPI_PROXY_LEDGER_URL", address.url(),
                            "GOGOGOAPI_PROXY_USAGE_URL", usage.url(),
                            "GOGOGOAPI_PROXY_UPSTREAM_BASE_URL", simulator.baseUrl(),
                            "GOGOGOAPI_PROXY_UPSTREAM_API_KEY", "key",
                            "GOGOGOAPI_PROXY_OUTBOX_FOLDER", outbox.toString(),
                            "GOGOGOAPI_PROXY_OUTBOX_TAKEOVERAFTER", "5s")));
        }
        for (var service : processes) {
            assertThat(service.ready().get("/actuator/prometheus")).contains("jvm_memory_used_bytes");
        }
        return proxies;
    }

    private String newAccount(ServiceProcess proxy) throws Exception {
        return operator(proxy, "/accounts", Map.of("name", "x"))
                .path("account_id")
                .asString();
    }

    private String keyOfANewAccount(List<ServiceProcess> proxies) throws Exception {
        var account = newAccount(proxies.get(0));
        operator(proxies.get(1), "/accounts/" + account + "/grants", Map.of("amount_usd", "1", "reference", "r"));
        return operator(proxies.get(0), "/accounts/" + account + "/keys", Map.of("label", "x"))
                .path("api_key")
                .asString();
    }

    private static Database database(String name) {
        return Infrastructure.shared().newDatabase("separate_" + name);
    }

    private void startUsage(int port) {
        usage = start("usage-service", usageDatabase, Map.of(), port);
    }

    private ServiceProcess start(String module, Database database, Map<String, String> settings) {
        return start(module, database, settings, RunningSystem.freePort());
    }

    private ServiceProcess start(String module, Database database, Map<String, String> settings, int port) {
        var environment =
                new HashMap<>(Infrastructure.shared().kafka(userOf(module)).serviceEnvironment());
        environment.putAll(settings);
        if (database != null) {
            environment.putAll(ServiceProcess.environmentOf(database));
        }
        var process =
                ServiceProcess.start("separate-" + module + "-" + (processes.size() + 1), module, port, environment);
        processes.add(process);
        return process;
    }

    private static BrokerUser userOf(String module) {
        return Arrays.stream(BrokerUser.values())
                .filter(user -> user.username().equals(module))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode operator(ServiceProcess proxy, String path, Map<String, String> body) throws Exception {
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

    private String getWithKey(String url, String key) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
