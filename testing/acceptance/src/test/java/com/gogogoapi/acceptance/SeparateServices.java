package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.FreePorts;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.UpstreamSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services as they are deployed: executable jars, processes of their own, more than one of those that scale. */
abstract class SeparateServices {

    private static final String SECRET = ServiceProcess.SECRET;

    @TempDir
    private Path outbox;

    private final List<ServiceProcess> processes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private Database accountDatabase;
    private Database usageDatabase;
    /** Where account- and usage-service have their databases. */
    Databases controlPlane = SeparateServices::database;

    private final List<Map<String, String>> proxySettings = new ArrayList<>();
    Database proxyDatabase;
    ServiceProcess usage;
    ServiceProcess funding;
    ServiceProcess accountService;

    /** A server of databases. */
    @FunctionalInterface
    interface Databases {
        Database named(String name) throws Exception;
    }

    @AfterEach
    void stopAll() {
        try {
            processes.forEach(ServiceProcess::stop);
        } finally {
            processes.forEach(ServiceProcess::close);
            processes.clear();
        }
    }

    /** All services, of those that scale two, and two proxies that are ready. */
    final List<ServiceProcess> startAll(UpstreamSimulator simulator) throws Exception {
        return startAll(simulator.baseUrl());
    }

    final List<ServiceProcess> startAll(String upstream) throws Exception {
        var pricing = start("pricing-service", database("pricing"), Map.of());
        accountDatabase = controlPlane.named("account");
        startAccounts(FreePorts.next());
        var quote = start("quote-service", null, Map.of("GOGOGOAPI_QUOTE_SIGNING_KEYS", SECRET));
        var ledgerDatabase = database("ledger");
        var ledger = start("ledger-service", ledgerDatabase, Map.of());
        var secondLedger = start("ledger-service", ledgerDatabase, Map.of());
        funding = start("funding-service", database("funding"), Map.of());
        usageDatabase = controlPlane.named("usage");
        startUsage(FreePorts.next());
        proxyDatabase = database("proxy");
        var proxies = new ArrayList<ServiceProcess>();
        for (var address : List.of(ledger, secondLedger)) {
            proxySettings.add(Map.ofEntries(
                    Map.entry("GOGOGOAPI_PROXY_OPERATOR_TOKEN", SECRET),
                    Map.entry("GOGOGOAPI_PROXY_PRICING_URL", pricing.url()),
                    Map.entry("GOGOGOAPI_PROXY_ACCOUNT_URL", accountService.url()),
                    Map.entry("GOGOGOAPI_PROXY_QUOTE_URL", quote.url()),
                    Map.entry("GOGOGOAPI_PROXY_LEDGER_URL", address.url()),
                    Map.entry("GOGOGOAPI_PROXY_USAGE_URL", usage.url()),
                    Map.entry("GOGOGOAPI_PROXY_FUNDING_URL", funding.url()),
                    Map.entry("GOGOGOAPI_PROXY_UPSTREAM_BASE_URL", upstream),
                    Map.entry("GOGOGOAPI_PROXY_UPSTREAM_API_KEY", "key"),
                    Map.entry("GOGOGOAPI_PROXY_OUTBOX_FOLDER", outbox.toString()),
                    Map.entry("GOGOGOAPI_PROXY_OUTBOX_TAKEOVERAFTER", "5s")));
            proxies.add(startProxy(proxies.size()));
        }
        for (var service : processes) {
            assertThat(service.ready().get("/actuator/prometheus")).contains("jvm_memory_used_bytes");
        }
        return proxies;
    }

    /** The proxy of that number, once more. */
    final ServiceProcess startProxy(int number) {
        return start("proxy-service", proxyDatabase, proxySettings.get(number));
    }

    /** One more proxy, whose account-service is there. */
    final ServiceProcess startProxy(int port, String accountUrl) {
        var settings = new HashMap<>(proxySettings.getFirst());
        settings.put("GOGOGOAPI_PROXY_ACCOUNT_URL", accountUrl);
        return start("proxy-service", proxyDatabase, settings, port);
    }

    final String newAccount(ServiceProcess proxy) throws Exception {
        return operator(proxy, "/accounts", Map.of("name", "x"))
                .path("account_id")
                .asString();
    }

    final String keyOfANewAccount(List<ServiceProcess> proxies) throws Exception {
        var account = newAccount(proxies.get(0));
        operator(proxies.get(1), "/accounts/" + account + "/grants", Map.of("amount_usd", "1", "reference", "r"));
        return operator(proxies.get(0), "/accounts/" + account + "/keys", Map.of("label", "x"))
                .path("api_key")
                .asString();
    }

    private static Database database(String name) {
        return Infrastructure.shared().newDatabase("separate_" + name);
    }

    final void startUsage(int port) {
        usage = start("usage-service", usageDatabase, Map.of(), port);
    }

    final void startAccounts(int port) {
        accountService = startAccounts(port, Map.of());
    }

    /** One more instance. */
    final ServiceProcess startAccounts(int port, Map<String, String> settings) {
        return start("account-service", accountDatabase, settings, port);
    }

    private ServiceProcess start(String module, Database database, Map<String, String> settings) {
        return start(module, database, settings, FreePorts.next());
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

    final JsonNode operator(ServiceProcess proxy, String path, Map<String, ?> body) throws Exception {
        return operator(proxy, "POST", path, body);
    }

    final JsonNode operator(ServiceProcess proxy, String method, String path, Map<String, ?> body) throws Exception {
        return done(proxy, method, "/operator" + path, SECRET, body);
    }

    /** What a route answers that must do what is asked. */
    final JsonNode done(ServiceProcess proxy, String method, String path, String bearer, Map<String, ?> body)
            throws Exception {
        var answer = send(
                method,
                proxy.url() + "/api/v1" + path,
                bearer,
                JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    final HttpResponse<String> send(String url, String bearer, String body) throws Exception {
        return send("POST", url, bearer, body);
    }

    private HttpResponse<String> send(String method, String url, String bearer, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + bearer)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    final String getWithKey(String url, String key) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
