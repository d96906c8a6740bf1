package com.gogogoapi.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls the public routes with the demo account's key, as any customer would. */
final class CustomerClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String baseUrl;
    private final String key;

    private CustomerClient(String baseUrl, String key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    /** Of the installation whose {@code access.json} that is. */
    static CustomerClient of(Map<String, String> access) {
        var url = access.get("base_url");
        var key = access.get("api_key");
        if (url == null || key == null) {
            throw new IllegalStateException("access.json must have base_url and api_key.");
        }
        return new CustomerClient(url, key);
    }

    /** @throws IOException if the answer is not 200 */
    JsonNode get(String path) throws IOException, InterruptedException {
        var answer = answer(to(path).GET());
        if (answer.status() != 200) {
            throw new IOException(path + " answered: " + answer.message());
        }
        return answer.body();
    }

    OperatorClient.Answer post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return answer(to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    /** The deposit of a transaction, if it is among the newest; a missing node if not. */
    JsonNode deposit(String transaction) throws IOException, InterruptedException {
        for (var deposit : get("/deposits?limit=100").path("data")) {
            if (deposit.path("transaction_hash").asString().equals(transaction)) {
                return deposit;
            }
        }
        return MissingNode.getInstance();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + "/api/v1" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key);
    }

    private OperatorClient.Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new OperatorClient.Answer(
                answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
    }
}
