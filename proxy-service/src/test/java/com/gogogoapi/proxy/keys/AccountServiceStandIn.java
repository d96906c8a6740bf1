package com.gogogoapi.proxy.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.messaging.EventJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers about keys as the account-service does, which no test of the proxy may know, and counts and holds up questions as
 * that one cannot be told to.
 */
final class AccountServiceStandIn implements AutoCloseable {

    final AtomicInteger questions = new AtomicInteger();
    private final Map<String, ApiKeyPublished> keys = new ConcurrentHashMap<>();
    private final HttpServer server;
    private boolean isClosed;
    private volatile CountDownLatch answering = new CountDownLatch(0);

    AccountServiceStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/published-keys/", this::answer);
        server.start();
    }

    void knows(Keys key) {
        keys.put(key.event().keyHash(), key.event());
    }

    void holdAnswers() {
        answering = new CountDownLatch(1);
    }

    void letAnswersGo() {
        answering.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        try (exchange) {
            answering.await();
            var hash = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            var key = keys.get(hash);
            var body = key == null ? "{\"error\":{}}".getBytes(UTF_8) : EventJson.write(key);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(key == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        letAnswersGo();
        if (!isClosed) {
            isClosed = true;
            server.stop(0);
        }
    }
}
