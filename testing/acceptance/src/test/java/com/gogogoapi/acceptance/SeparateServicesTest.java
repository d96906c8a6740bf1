package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.embedded.EmbeddedPostgres;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** More than one instance, and what each of them can do without. */
@Tag("acceptance")
@Tag("long")
class SeparateServicesTest extends SeparateServices {

    private static final int REQUESTS = 40;
    private static final int REVOCATIONS = 100;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();

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

            assertThat(getWithKey(proxies.get(0).url() + "/v1/deposits", key))
                    .contains("\"enabled\":false", "takes no deposits");
            funding.killHard();
            assertThat(getWithKey(proxies.get(0).url() + "/v1/deposits", key)).contains("funding_unavailable");
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
                        .readTree(getWithKey(proxy.url() + "/v1/requests?rule=COMPLETED&limit=1000", key))
                        .path("data"))
                .hasSize(ended));
    }

    /** The control plane may be away: what the proxies know is served, and what they do not know is not taken for wrong. */
    @Test
    void notOneRequestFailsWithoutTheControlPlaneAndItsDatabases(@TempDir Path folder) throws Exception {
        var databases = EmbeddedPostgres.start(folder, 0);
        controlPlane = databases::database;
        try (var simulator = UpstreamSimulator.start(0)) {
            var proxies = startAll(simulator);
            var key = keyOfANewAccount(proxies);
            var body = Customer.chat("Hello", 5, false);
            for (var proxy : proxies) {
                assertThat(send(proxy.url() + "/v1/chat/completions", key, body).statusCode())
                        .as("each knows the key")
                        .isEqualTo(200);
            }
            var away = List.<Step>of(databases::kill, accountService::killHard, usage::killHard);
            try (var load = Executors.newFixedThreadPool(4)) {
                for (var step : away) {
                    var answers = new ArrayList<Future<Integer>>();
                    for (var i = 0; i < REQUESTS; i++) {
                        var proxy = proxies.get(i % proxies.size());
                        if (i == REQUESTS / 2) {
                            step.take();
                        }
                        answers.add(load.submit(() -> send(proxy.url() + "/v1/chat/completions", key, body)
                                .statusCode()));
                    }
                    for (var answer : answers) {
                        assertThat(answer.get()).isEqualTo(200);
                    }
                }
            }
            for (var proxy : proxies) {
                assertThat(proxy.get("/actuator/health/readiness")).contains("UP");
                var unheardOf =
                        send(proxy.url() + "/v1/chat/completions", ApiKeyText.generate(new SecureRandom()), body);
                assertThat(unheardOf.statusCode()).as(unheardOf.body()).isEqualTo(503);
                assertThat(unheardOf.body()).contains("account_unavailable");
            }
            var port = databases.port();
            databases = EmbeddedPostgres.start(folder, port);
            startAccounts(URI.create(accountService.url()).getPort());
            startUsage(URI.create(usage.url()).getPort());
            awaitRequests(proxies.getFirst(), key, proxies.size() + away.size() * REQUESTS);
        } finally {
            stopAll();
            databases.close();
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
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
                    "%d revocations under load, until the last of %d proxies refused: median %.1f ms, 99%% %.1f ms,"
                            + " most %.1f ms%n",
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
}
