package com.gogogoapi.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the operator routes as any operator would. */
final class OperatorClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String baseUrl;
    private final String token;

    OperatorClient(String baseUrl, String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    /** The operator of the installation whose {@code access.json} that is. */
    static OperatorClient of(Map<String, String> access) {
        var url = access.getOrDefault("operator_url", access.get("base_url"));
        var token = access.get("operator_token");
        if (url == null || token == null) {
            throw new IllegalStateException("access.json must have operator_url and operator_token.");
        }
        return new OperatorClient(url, token);
    }

    /** An answer, whatever its status. */
    record Answer(int status, JsonNode body) {

        /** What an error says. */
        String message() {
            return body.path("error").path("message").asString("status " + status);
        }
    }

    /** @throws IOException if the answer is not 200 */
    JsonNode post(String path, Map<String, String> body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
        headers.forEach(request::header);
        return required(path, request);
    }

    /** What the answer to a body is, whether it is one of success or not. */
    Answer ask(String path, Map<String, String> body) throws IOException, InterruptedException {
        return answer(to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    /** @throws IOException if the answer is not 200 */
    JsonNode get(String path) throws IOException, InterruptedException {
        return required(path, to(path).GET());
    }

    Answer postFile(String path, byte[] yaml) throws IOException, InterruptedException {
        return answer(
                to(path).header("Content-Type", "application/yaml").POST(HttpRequest.BodyPublishers.ofByteArray(yaml)));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + "/api/v1/operator" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode required(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = answer(request);
        if (answer.status() != 200) {
            throw new IOException(path + " must be answered with 200, not " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
        } catch (JacksonException e) {
            throw new IOException("The answer must be JSON; it has status " + answer.statusCode() + ".", e);
        }
    }
}
