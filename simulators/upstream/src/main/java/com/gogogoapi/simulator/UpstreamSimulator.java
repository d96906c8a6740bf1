package com.gogogoapi.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * DeepSeek on loopback.
 *
 * <p>{@code POST /chat/completions}, {@code /beta/chat/completions}, {@code /beta/completions}, {@code /responses} and {@code
 * /anthropic/v1/messages} as DeepSeek answers them; {@code GET /simulator/requests}, {@code GET
 * /simulator/concurrency}, {@code DELETE /simulator/requests} tell what happened; {@code PUT} and {@code DELETE
 * /simulator/behaviour} switch faults; {@code PUT /simulator/scripts/NAME} keeps a {@link ScriptedAnswer}, which a request
 * asks for with {@code [[sim: script=NAME]]}, and {@code GET} on it answers with the body of the request that did so last.
 */
public final class UpstreamSimulator implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;
    private static final Dialect CHAT = new ChatDialect();
    private static final Dialect COMPLETIONS = new CompletionsDialect();
    private static final Dialect MESSAGES = new MessagesDialect();
    private static final Dialect RESPONSES = new ResponsesDialect();
    private static final String SCRIPTS = "/simulator/scripts/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RequestLog log = new RequestLog();
    private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(Behaviour.WELL);
    private final Scripts scripts = new Scripts();
    private final Exchange exchanges = new Exchange(log, behaviour::get, scripts);

    private UpstreamSimulator(HttpServer server) {
        this.server = server;
    }

    /** @param port on loopback; 0 for any free one */
    public static UpstreamSimulator start(int port) throws IOException {
        return start(InetAddress.getLoopbackAddress(), port);
    }

    private static UpstreamSimulator start(InetAddress address, int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 1_024);
        var simulator = new UpstreamSimulator(server);
        server.setExecutor(simulator.threads);
        server.createContext("/", simulator::handle);
        server.start();
        return simulator;
    }

    /** Listens on all addresses on the port given as the first argument, 9090 otherwise. */
    public static void main(String[] args) throws IOException {
        var port = args.length > 0 ? Integer.parseInt(args[0]) : 9090;
        start(new InetSocketAddress(port).getAddress(), port);
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            var path = exchange.getRequestURI().getPath();
            var route = exchange.getRequestMethod() + " " + path;
            if (path.startsWith(SCRIPTS)) {
                script(exchange, path.substring(SCRIPTS.length()));
                exchange.close();
                return;
            }
            switch (route) {
                case "POST /chat/completions", "POST /v1/chat/completions", "POST /beta/chat/completions" ->
                    exchanges.answer(exchange, CHAT, body(exchange));
                case "POST /beta/completions" -> exchanges.answer(exchange, COMPLETIONS, body(exchange));
                case "POST /anthropic/v1/messages" -> exchanges.answer(exchange, MESSAGES, body(exchange));
                case "POST /responses", "POST /v1/responses" -> exchanges.answer(exchange, RESPONSES, body(exchange));
                case "GET /models", "GET /v1/models" ->
                    json(
                            exchange,
                            200,
                            Map.of(
                                    "object",
                                    "list",
                                    "data",
                                    List.of(model("deepseek-v4-flash"), model("deepseek-v4-pro"))));
                case "GET /user/balance" ->
                    json(exchange, 200, Map.of("is_available", true, "balance_infos", List.of()));
                case "GET /simulator/requests" ->
                    json(
                            exchange,
                            200,
                            Map.of(
                                    "data",
                                    log.entries().stream()
                                            .map(UpstreamSimulator::shown)
                                            .toList()));
                case "DELETE /simulator/requests" -> {
                    log.clear();
                    json(exchange, 200, Map.of());
                }
                case "GET /simulator/concurrency" ->
                    json(exchange, 200, Map.of("in_flight", log.inFlight(), "most_in_flight", log.mostInFlight()));
                case "PUT /simulator/behaviour" -> {
                    var settings = json(body(exchange));
                    behaviour.updateAndGet(now -> now.changedBy(settings));
                    json(exchange, 200, Map.of("behaviour", String.valueOf(behaviour.get())));
                }
                case "DELETE /simulator/behaviour" -> {
                    behaviour.set(Behaviour.WELL);
                    json(exchange, 200, Map.of());
                }
                default -> json(exchange, 404, error("no such route"));
            }
            exchange.close();
        } catch (JacksonException | IllegalArgumentException e) {
            json(exchange, 400, error("the body cannot be read: " + e.getMessage()));
            exchange.close();
        }
        // Whatever else is thrown leaves the exchange open: then the server breaks the connection, as a fault does.
    }

    private void script(HttpExchange exchange, String name) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                scripts.keep(name, json(body(exchange)));
                json(exchange, 200, Map.of());
            }
            case "GET" -> {
                var asked = scripts.asked(name);
                if (asked.isPresent()) {
                    exchange.sendResponseHeaders(200, asked.get().length);
                    exchange.getResponseBody().write(asked.get());
                } else {
                    json(exchange, 404, error("nobody has asked for it"));
                }
            }
            case "DELETE" -> {
                scripts.forget(name);
                json(exchange, 200, Map.of());
            }
            default -> json(exchange, 404, error("no such route"));
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
    }

    private static JsonNode json(byte[] body) {
        return JsonMapper.shared().readTree(body);
    }

    private static Map<String, Object> model(String id) {
        return Map.of("id", id, "object", "model", "owned_by", "deepseek");
    }

    static Map<String, Object> error(String message) {
        return Map.of("error", Map.of("message", message, "type", "invalid_request_error", "code", "simulated"));
    }

    private static Map<String, Object> shown(RequestLog.Entry entry) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", entry.id);
        shown.put("received_at", entry.receivedAt.toString());
        shown.put("path", entry.path);
        shown.put("model", entry.model);
        shown.put("stream", entry.stream);
        shown.put("max_tokens", String.valueOf(entry.maxTokens));
        shown.put("user_id", entry.userId);
        shown.put("last_message", entry.lastMessage);
        shown.put("status", entry.status);
        shown.put("completion_tokens", entry.completionTokens);
        shown.put("client_left", entry.clientLeft);
        shown.put("finished_at", String.valueOf(entry.finishedAt));
        return shown;
    }

    static void json(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = JsonMapper.shared().writeValueAsString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
