package com.gogogoapi.auditor.chain;

import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON-RPC 2.0 with one node. One that is away, or asks to be left alone for a while, is asked again for some two minutes; so a long
 * audit survives a short outage. The node is named by its host: its address may have a key in it.
 */
final class JsonRpc {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_ANSWER_BYTES = 128 << 20;
    private static final int MAX_MESSAGE_CHARS = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 9;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client;
    private final URI url;
    private final String name;

    JsonRpc(HttpClient client, URI url, String name) {
        this.client = client;
        this.url = url;
        this.name = name;
    }

    /** A node of JSON's null where there is no such thing. */
    JsonNode call(String method, List<?> parameters) throws RefusedException {
        return result(method, post(request(0, method, parameters)));
    }

    /** The same method several times, in one request where the node takes that. */
    List<JsonNode> calls(String method, List<? extends List<?>> parameters) throws RefusedException {
        if (parameters.size() > 1) {
            var requests = new ArrayList<Map<String, ?>>();
            for (var each : parameters) {
                requests.add(request(requests.size(), method, each));
            }
            var answer = post(requests);
            if (answer.isArray()) {
                return inOrder(method, answer, parameters.size());
            }
        }
        var results = new ArrayList<JsonNode>();
        for (var each : parameters) {
            results.add(call(method, each));
        }
        return results;
    }

    private static Map<String, ?> request(int id, String method, List<?> parameters) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters);
    }

    private List<JsonNode> inOrder(String method, JsonNode answers, int count) throws RefusedException {
        var byId = new HashMap<Integer, JsonNode>();
        for (var answer : answers) {
            byId.put(answer.path("id").asInt(-1), answer);
        }
        var results = new ArrayList<JsonNode>();
        for (var id = 0; id < count; id++) {
            var answer = byId.get(id);
            if (answer == null) {
                throw new RefusedException(method + ": it left out one of " + count + " answers");
            }
            results.add(result(method, answer));
        }
        return results;
    }

    private JsonNode result(String method, JsonNode answer) throws RefusedException {
        var error = answer.path("error");
        if (error.isObject()) {
            var message = error.path("message").asString("no reason");
            throw new RefusedException(method + ": "
                    + (message.length() <= MAX_MESSAGE_CHARS
                            ? message
                            : message.substring(0, MAX_MESSAGE_CHARS) + "…"));
        }
        if (!answer.has("result")) {
            throw new SourceException("Node " + name + " must answer " + method + " with a result or an error.");
        }
        return answer.path("result");
    }

    private JsonNode post(Object body) throws RefusedException {
        var json = JSON.writeValueAsBytes(body);
        var pause = FIRST_PAUSE_MILLIS;
        for (var attempt = 1; ; attempt++) {
            try {
                var answer = client.send(
                        HttpRequest.newBuilder(url)
                                .timeout(TIMEOUT)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                                .build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
                var status = answer.statusCode();
                if (status == TOO_LARGE) {
                    throw new RefusedException("it answers " + status);
                }
                if (status != TOO_MANY_REQUESTS && status < SERVER_ERROR) {
                    return JSON.readTree(answer.body());
                }
                giveUpAfterTheLast(attempt, "it answers " + status);
            } catch (HttpTimeoutException e) {
                throw new RefusedException("it did not answer within " + TIMEOUT.toSeconds() + " s");
            } catch (JacksonException e) {
                throw new SourceException("Node " + name + " must answer with JSON", e);
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("limit")) {
                    throw new RefusedException("its answer is larger than " + MAX_ANSWER_BYTES + " bytes");
                }
                giveUpAfterTheLast(attempt, e.getClass().getSimpleName());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private void giveUpAfterTheLast(int attempt, String why) {
        if (attempt == ATTEMPTS) {
            throw new SourceException("Node " + name + " must be there; asked " + ATTEMPTS + " times: " + why + ".");
        }
    }

    private SourceException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SourceException("Node " + name + " was being asked", e);
    }

    private void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }
}
