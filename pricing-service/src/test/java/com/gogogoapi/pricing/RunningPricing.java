package com.gogogoapi.pricing;

import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.pricing.book.PriceBook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it ships, with a database of its own, and an operator's ways to talk to it. */
final class RunningPricing implements AutoCloseable {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext service;

    RunningPricing(Database database) {
        service = PricingService.application()
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.PRICING_SERVICE)
                        .serviceArguments(
                                "--server.port=0",
                                "--spring.datasource.url=" + database.jdbcUrl(),
                                "--spring.datasource.username=" + database.username(),
                                "--spring.datasource.password=" + database.password(),
                                "--gogogoapi.pricing.margin-check-every=100ms",
                                "--gogogoapi.internal-secret=" + SECRET));
    }

    @Override
    public void close() {
        service.close();
    }

    /** The book itself, for what no answer tells. */
    PriceBook book() {
        return service.getBean(PriceBook.class);
    }

    URI uri(String path) {
        var port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, "", headers);
    }

    JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(get(path).body());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send("POST", path, body, headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("gogogoapi-operator", "test")
                .header(
                        "Authorization",
                        "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "pricing-service"));
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
