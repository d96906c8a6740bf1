package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.rpc.RpcException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC 2.0 over HTTP with one server. */
final class JsonRpc {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_ANSWER_BYTES = 128 << 20;
    private static final int MAX_MESSAGE_CHARS = 200;
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 150;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;

    JsonRpc(HttpClient client, URI url, Duration timeout) {
        this.client = client;
        this.url = url;
        this.timeout = timeout;
    }

    /** What it answers; a node of JSON's null where there is no such thing. */
    JsonNode call(String method, List<?> parameters) throws RpcException {
        return result(method, post(request(0, method, parameters)));
    }

    /** The same method several times, in one request where the server takes that; answers in the order of the parameters. */
    List<JsonNode> calls(String method, List<? extends List<?>> parameters) throws RpcException {
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

    private static List<JsonNode> inOrder(String method, JsonNode answers, int count) throws RpcException {
        var byId = new HashMap<Integer, JsonNode>();
        for (var answer : answers) {
            byId.put(answer.path("id").asInt(-1), answer);
        }
        var results = new ArrayList<JsonNode>();
        for (var id = 0; id < count; id++) {
            var answer = byId.get(id);
            if (answer == null) {
                throw new RpcException(Kind.UNREADABLE, method + ": it left out the answer to a request of several");
            }
            results.add(result(method, answer));
        }
        return results;
    }

    private static Map<String, ?> request(int id, String method, List<?> parameters) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters);
    }

    private static JsonNode result(String method, JsonNode answer) throws RpcException {
        var error = answer.path("error");
        if (error.isObject()) {
            throw new RpcException(
                    Kind.REFUSED,
                    method + ": " + shortened(error.path("message").asString("no reason")));
        }
        if (!answer.has("result")) {
            throw new RpcException(Kind.UNREADABLE, method + ": its answer has neither a result nor an error");
        }
        return answer.path("result");
    }

    /** One that is away for a moment is asked again: most errors of nodes are of that kind. */
    private JsonNode post(Object body) throws RpcException {
        for (var attempt = 1; ; attempt++) {
            try {
                return postOnce(body);
            } catch (RpcException e) {
                if (e.kind() != Kind.AWAY || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt * PAUSE_MILLIS, e);
            }
        }
    }

    private static void pause(long millis, RpcException reason) throws RpcException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    private JsonNode postOnce(Object body) throws RpcException {
        var request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        var sent = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            // The request's own limit ends with the first byte of the answer.
            var answer = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            var status = answer.statusCode();
            if (status == TOO_MANY_REQUESTS || status >= SERVER_ERROR) {
                throw new RpcException(Kind.AWAY, "it answers " + status);
            }
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new RpcException(Kind.UNREADABLE, "its answer is no JSON", e);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new RpcException(Kind.SLOW, "it did not answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.AWAY, "interrupted", e);
        }
    }

    private RpcException failed(ExecutionException e) {
        var cause = e.getCause();
        if (cause instanceof java.net.http.HttpConnectTimeoutException) {
            return new RpcException(Kind.AWAY, "it cannot be connected to", e);
        }
        if (cause instanceof HttpTimeoutException) {
            return new RpcException(Kind.SLOW, "it did not answer within " + timeout.toSeconds() + " s", e);
        }
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("limit")) {
            return new RpcException(Kind.REFUSED, "its answer is larger than " + MAX_ANSWER_BYTES + " bytes", e);
        }
        return new RpcException(
                Kind.AWAY,
                "it is away: " + (cause == null ? "" : cause.getClass().getSimpleName()),
                e);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_MESSAGE_CHARS ? text : text.substring(0, MAX_MESSAGE_CHARS) + "…";
    }
}
