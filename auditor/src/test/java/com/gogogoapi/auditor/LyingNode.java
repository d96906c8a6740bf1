package com.gogogoapi.auditor;

import com.gogogoapi.simulator.chain.LocalChain;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node in front of a real one that errs, limits, leaves out or invents, as it is told. */
final class LyingNode implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI upstream;
    private final AtomicInteger requests = new AtomicInteger();

    /** Every so manieth request is answered 503; 0 for none. */
    volatile int failsEvery;

    volatile long mostBlocks = Long.MAX_VALUE;

    /** Of which transactions it leaves the logs out. */
    final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    /** Receipts that never were, by transaction. */
    final Map<String, JsonNode> invented = new ConcurrentHashMap<>();

    private LyingNode(HttpServer server, String upstream) {
        this.server = server;
        this.upstream = URI.create(upstream);
    }

    static LyingNode before(LocalChain chain) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var node = new LyingNode(server, chain.url());
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", node::handle);
        server.start();
        return node;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/key-of-a-customer";
    }

    /** Tells of a transaction as of another one, which is there, under a hash that never was. */
    void invent(String hash, JsonNode receipt, String blockHash) {
        var text = receipt.toString().replace(receipt.path("transactionHash").asString(), hash);
        invented.put(hash, JSON.readTree(text.replace(receipt.path("blockHash").asString(), blockHash)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (failsEvery > 0 && requests.incrementAndGet() % failsEvery == 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            var answer = JSON.writeValueAsBytes(asked.isArray() ? all(asked) : one(asked));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ArrayNode all(JsonNode asked) throws IOException, InterruptedException {
        var answers = JSON.createArrayNode();
        for (var request : asked) {
            answers.add(one(request));
        }
        return answers;
    }

    private JsonNode one(JsonNode request) throws IOException, InterruptedException {
        var parameter = request.path("params").path(0);
        return switch (request.path("method").asString()) {
            case "eth_getLogs" -> logs(request, parameter);
            case "eth_getTransactionReceipt" -> {
                var answer = (ObjectNode) forwarded(request);
                var receipt = invented.get(parameter.asString());
                if (receipt != null) {
                    answer.set("result", receipt);
                }
                yield answer;
            }
            default -> forwarded(request);
        };
    }

    private JsonNode logs(JsonNode request, JsonNode filter) throws IOException, InterruptedException {
        var blocks = number(filter.path("toBlock")) - number(filter.path("fromBlock")) + 1;
        if (blocks > mostBlocks) {
            var error = JSON.createObjectNode();
            error.put("jsonrpc", "2.0");
            error.set("id", request.path("id"));
            error.putObject("error").put("code", -32005).put("message", "query exceeds max block range");
            return error;
        }
        var answer = forwarded(request);
        var logs = (ArrayNode) answer.path("result");
        for (var i = logs.size() - 1; i >= 0; i--) {
            if (leftOut.contains(logs.get(i).path("transactionHash").asString())) {
                logs.remove(i);
            }
        }
        return answer;
    }

    private static long number(JsonNode quantity) {
        return Long.parseLong(quantity.asString().substring(2), 16);
    }

    private JsonNode forwarded(JsonNode request) throws IOException, InterruptedException {
        var sent = HttpRequest.newBuilder(upstream)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                .build();
        return JSON.readTree(
                client.send(sent, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
