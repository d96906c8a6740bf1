package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.acceptance.ServiceProcess;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.simulator.UpstreamSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What serves customers on a {@link Cluster}: an account-service, a quote-service and two proxies, before an upstream that lives in this JVM. */
final class Proxies implements AutoCloseable {

    static final int COUNT = 2;

    /** How long streams may go on after SIGTERM; what the simulator sends takes longer. */
    static final Duration FINISH_WITHIN = Duration.ofSeconds(3);

    /** After so long without a word an instance is held to be dead: longer than a busy machine holds one up. */
    private static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(15);

    private static final Duration REQUESTS_LIVE = Duration.ofSeconds(90);

    /** As short as such requests allow: what a killed proxy had only held, and not begun to deliver, ends by this. */
    static final Duration HOLDS_LIVE = REQUESTS_LIVE.plusSeconds(20);

    private static final Duration SOON = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final UpstreamSimulator upstream;
    private final Database database;
    private final Path outbox;
    private final String ledgerUrl;
    private final ServiceProcess accounts;
    private final ServiceProcess quotes;
    private final List<ServiceProcess> started = new ArrayList<>();
    private final Map<ServiceProcess, Instant> killed = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private Proxies(Cluster cluster, UpstreamSimulator upstream, Path outbox, String ledgerUrl) throws SQLException {
        this.cluster = cluster;
        this.upstream = upstream;
        this.database = cluster.newDatabase("proxy");
        this.outbox = outbox;
        this.ledgerUrl = ledgerUrl;
        var ofAccounts =
                new HashMap<>(cluster.kafkaAs(BrokerUser.ACCOUNT_SERVICE).serviceEnvironment());
        ofAccounts.putAll(ServiceProcess.environmentOf(cluster.newDatabase("account")));
        this.accounts = ServiceProcess.start("proxy-chaos-accounts", "account-service", ofAccounts, shards());
        var environment =
                new HashMap<>(cluster.kafkaAs(BrokerUser.QUOTE_SERVICE).serviceEnvironment());
        environment.put("GOGOGOAPI_QUOTE_SIGNING_KEYS", ServiceProcess.SECRET);
        this.quotes = ServiceProcess.start("proxy-chaos-quotes", "quote-service", environment, shards());
    }

    private static String shards() {
        return "--gogogoapi.shards=" + Cluster.SHARDS;
    }

    /** All of them, ready. */
    static Proxies start(Cluster cluster, Path outbox) throws IOException, SQLException {
        var ledger = cluster.startLedger();
        var proxies = new Proxies(cluster, UpstreamSimulator.start(0), outbox, ledger.url());
        try {
            for (var i = 0; i < COUNT; i++) {
                proxies.startOne();
            }
            ledger.ready();
            proxies.accounts.ready();
            proxies.quotes.ready();
            proxies.alive().forEach(ServiceProcess::ready);
        } catch (RuntimeException | Error e) {
            proxies.close();
            throw e;
        }
        return proxies;
    }

    /** One more, not yet ready. */
    ServiceProcess startOne() {
        var environment =
                new HashMap<>(cluster.kafkaAs(BrokerUser.PROXY_SERVICE).serviceEnvironment());
        environment.putAll(ServiceProcess.environmentOf(database));
        environment.put("GOGOGOAPI_PROXY_OPERATOR_TOKEN", ServiceProcess.SECRET);
        environment.put("GOGOGOAPI_PROXY_ACCOUNT_URL", accounts.url());
        environment.put("GOGOGOAPI_PROXY_QUOTE_URL", quotes.url());
        environment.put("GOGOGOAPI_PROXY_LEDGER_URL", ledgerUrl);
        environment.put("GOGOGOAPI_PROXY_UPSTREAM_BASE_URL", upstream.baseUrl());
        environment.put("GOGOGOAPI_PROXY_UPSTREAM_API_KEY", "key");
        var proxy = ServiceProcess.start(
                "proxy-chaos-proxy-" + (started.size() + 1),
                "proxy-service",
                environment,
                shards(),
                "--gogogoapi.proxy.upstream.total-timeout=" + REQUESTS_LIVE.toSeconds() + "s",
                "--gogogoapi.proxy.shutdown.finish-within=" + FINISH_WITHIN.toSeconds() + "s",
                "--gogogoapi.proxy.outbox.folder=" + outbox,
                "--gogogoapi.proxy.outbox.take-over-after=" + TAKE_OVER_AFTER.toSeconds() + "s");
        started.add(proxy);
        return proxy;
    }

    List<ServiceProcess> alive() {
        return started.stream().filter(ServiceProcess::isAlive).toList();
    }

    void kill(ServiceProcess proxy) {
        killed.put(proxy, Instant.now());
        proxy.killHard();
    }

    /** Those that {@code kill -9} ended, and when. */
    Map<ServiceProcess, Instant> killed() {
        return killed;
    }

    /** How many requests have ended that Kafka does not have yet. */
    int kept() throws SQLException {
        return rowsOf("where ended");
    }

    private int rowsOf(String condition) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from request_outbox " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Waits until Kafka has everything that was kept, and no note is left. */
    void awaitEmptyOutbox() {
        await("no end and no note of a request is left").atMost(SOON).until(() -> rowsOf("") == 0);
    }

    /** The API key of an account that can pay for all of it. */
    Customer customer() throws IOException, InterruptedException {
        var account = operator("/accounts", Map.of("name", "chaos"))
                .path("account_id")
                .asString();
        operator("/accounts/" + account + "/grants", Map.of("amount_usd", "100.00", "reference", "opening"));
        var key = operator("/accounts/" + account + "/keys", Map.of("label", "chaos"))
                .path("api_key")
                .asString();
        return new Customer(account, key);
    }

    record Customer(String account, String key) {}

    private JsonNode operator(String path, Map<String, String> body) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(alive().getFirst().url() + "/api/v1/operator" + path))
                        .header("Authorization", "Bearer " + ServiceProcess.SECRET)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JsonMapper.shared().writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        started.forEach(ServiceProcess::close);
        quotes.close();
        accounts.close();
        upstream.close();
        client.close();
    }
}
