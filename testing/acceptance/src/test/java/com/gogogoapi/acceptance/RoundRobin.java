package com.gogogoapi.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** What stands before two instances of a service: each request goes to another one than the request before, unless told otherwise. */
final class RoundRobin implements AutoCloseable {

    private static final Set<String> OF_A_CONNECTION =
            Set.of("connection", "host", "content-length", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> instances;
    private final ToIntFunction<String> rule;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();

    private RoundRobin(HttpServer server, List<String> instances, ToIntFunction<String> rule) {
        this.server = server;
        this.instances = instances;
        this.rule = rule;
    }

    /** @param rule the number of the instance that a path is for; below zero for whichever is next */
    static RoundRobin before(List<String> instances, ToIntFunction<String> rule) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var robin = new RoundRobin(server, List.copyOf(instances), rule);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", robin::pass);
        server.start();
        return robin;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests each instance has answered, by its number and the path. */
    Map<String, Integer> answered() {
        return new TreeMap<>(answered);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var ruled = rule.applyAsInt(path);
            var number = ruled >= 0 ? ruled : Math.floorMod(next.getAndIncrement(), instances.size());
            var request = HttpRequest.newBuilder(URI.create(instances.get(number) + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!OF_A_CONNECTION.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            answered.merge(number + " " + path, 1, Integer::sum);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
