package com.gogogoapi.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call of a route.
 *
 * @param status what it is to be answered with
 * @param token as a bearer; empty for none
 * @param ids for what stands in braces in the route's path
 * @param query with its question mark, or empty
 * @param body JSON, or what another {@code Content-Type} says as a string; null for none
 */
record DocumentedCall(
        int status,
        String token,
        Map<String, String> ids,
        String query,
        @Nullable JsonNode body,
        Map<String, String> headers) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static DocumentedCall by(String token) {
        return new DocumentedCall(200, token, Map.of(), "", null, Map.of());
    }

    DocumentedCall answeredWith(int another) {
        return new DocumentedCall(another, token, ids, query, body, headers);
    }

    /** Ids that are not given are these. */
    DocumentedCall among(Map<String, String> usual) {
        var all = new HashMap<>(usual);
        all.putAll(ids);
        return new DocumentedCall(status, token, all, query, body, headers);
    }

    DocumentedCall of(String id, String value) {
        var more = new HashMap<>(ids);
        more.put(id, value);
        return new DocumentedCall(status, token, more, query, body, headers);
    }

    DocumentedCall asking(String another) {
        return new DocumentedCall(status, token, ids, another, body, headers);
    }

    DocumentedCall saying(Object json) {
        return new DocumentedCall(status, token, ids, query, JsonMapper.shared().valueToTree(json), headers);
    }

    DocumentedCall with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new DocumentedCall(status, token, ids, query, body, more);
    }

    private boolean isJson() {
        return !headers.containsKey("Content-Type");
    }

    HttpResponse<String> send(RunningSystem system, OpenApi.Operation operation) {
        var request = HttpRequest.newBuilder(URI.create(system.url(operation.address(ids) + query)))
                .timeout(Duration.ofSeconds(60))
                .method(
                        operation.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(isJson() ? body.toString() : body.asString()));
        if (body != null && isJson()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
