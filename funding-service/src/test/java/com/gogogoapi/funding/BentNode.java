package com.gogogoapi.funding;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Node;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node in front of a real one that errs, limits, lags, leaves out or lies, as it is told. */
final class BentNode implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI upstream;
    private final AtomicInteger requests = new AtomicInteger();

    /** Every so manieth request is answered 500; 0 for none. */
    volatile int failsEvery;

    volatile boolean isAway;
    volatile long mostBlocks = Long.MAX_VALUE;
    volatile int mostAddresses = Integer.MAX_VALUE;

    /** By how many blocks it is behind. */
    volatile long lag;

    /** Of which transactions it leaves the logs out. */
    final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    /** A log that never was, which it tells of and has a receipt for. */
    volatile ObjectNode invented;

    private BentNode(HttpServer server, String upstream) {
        this.server = server;
        this.upstream = URI.create(upstream);
    }

    static BentNode before(LocalChain chain) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var node = new BentNode(server, chain.url());
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", node::handle);
            server.start();
            return node;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** With a key in it, which must be shown to nobody. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/key-of-a-customer";
    }

    /** Tells of a transfer in a block that is there, whose transaction never was. */
    void invent(String contract, String to, long amount, JsonNode block) {
        var log = JSON.createObjectNode();
        log.put("address", contract);
        log.putArray("topics")
                .add(Node.TRANSFER)
                .add(EvmAddress.parse(contract).word())
                .add(EvmAddress.parse(to).word());
        log.put("data", "0x%064x".formatted(amount));
        log.put("blockNumber", block.path("number").asString());
        log.put("blockHash", block.path("hash").asString());
        log.put("transactionHash", "0x" + "ab".repeat(32));
        log.put("logIndex", "0x7");
        invented = log;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var number = requests.incrementAndGet();
            if (isAway || (failsEvery > 0 && number % failsEvery == 0)) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            var asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            var answer = JSON.writeValueAsBytes(asked.isArray() ? all(asked) : one(asked));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ArrayNode all(JsonNode requests) throws IOException, InterruptedException {
        var answers = JSON.createArrayNode();
        for (var request : requests) {
            answers.add(one(request));
        }
        return answers;
    }

    private JsonNode one(JsonNode request) throws IOException, InterruptedException {
        var parameter = request.path("params").path(0);
        return switch (request.path("method").asString()) {
            case "eth_getLogs" -> logs(request, parameter);
            case "eth_getTransactionReceipt" -> receipt(request, parameter.asString());
            case "eth_getBlockByNumber" -> block(request, parameter.asString());
            default -> forwarded(request);
        };
    }

    private JsonNode logs(JsonNode request, JsonNode filter) throws IOException, InterruptedException {
        var blocks = Hex.number(filter.path("toBlock").asString())
                - Hex.number(filter.path("fromBlock").asString())
                + 1;
        if (blocks > mostBlocks || filter.path("topics").path(2).size() > mostAddresses) {
            return error(request, "query returned more than 10000 results");
        }
        var answer = forwarded(request);
        var logs = (ArrayNode) answer.path("result");
        for (var i = logs.size() - 1; i >= 0; i--) {
            if (leftOut.contains(logs.get(i).path("transactionHash").asString())) {
                logs.remove(i);
            }
        }
        if (invented != null) {
            logs.add(invented);
        }
        return answer;
    }

    private JsonNode receipt(JsonNode request, String transaction) throws IOException, InterruptedException {
        var answer = (ObjectNode) forwarded(request);
        var log = invented;
        if (log != null && log.path("transactionHash").asString().equals(transaction)) {
            var receipt = JSON.createObjectNode();
            receipt.put("transactionHash", transaction);
            receipt.put("blockHash", log.path("blockHash").asString());
            receipt.put("status", "0x1");
            receipt.putArray("logs").add(log);
            answer.set("result", receipt);
        }
        return answer;
    }

    /** What it has not got yet it does not tell. */
    private JsonNode block(JsonNode request, String which) throws IOException, InterruptedException {
        if (lag == 0) {
            return forwarded(request);
        }
        var latest = Hex.number(call("eth_blockNumber").path("result").asString()) - lag;
        var height =
                switch (which) {
                    case "latest" -> latest;
                    case "finalized" ->
                        Math.max(
                                0,
                                Hex.number(call("eth_getBlockByNumber", "finalized", false)
                                                .path("result")
                                                .path("number")
                                                .asString())
                                        - lag);
                    default -> Hex.number(which);
                };
        if (height > latest) {
            var none = JSON.createObjectNode();
            none.put("jsonrpc", "2.0");
            none.set("id", request.path("id"));
            none.putNull("result");
            return none;
        }
        var other = (ObjectNode) request.deepCopy();
        ((ArrayNode) other.path("params")).set(0, Hex.quantity(height));
        return forwarded(other);
    }

    private JsonNode call(String method, Object... parameters) throws IOException, InterruptedException {
        var request = JSON.createObjectNode();
        request.put("jsonrpc", "2.0");
        request.put("id", 1);
        request.put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        return forwarded(request);
    }

    private static JsonNode error(JsonNode request, String message) {
        var answer = JSON.createObjectNode();
        answer.put("jsonrpc", "2.0");
        answer.set("id", request.path("id"));
        answer.putObject("error").put("code", -32005).put("message", message);
        return answer;
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
