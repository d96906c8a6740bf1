package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that answers nobody before it is opened: until then whatever was let through to it stays held. A stream has its
 * first piece before, and nothing more.
 */
final class GatedUpstream implements AutoCloseable {

    private static final int BACKLOG = 500;

    private static final byte[] ANSWER = ("{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,"
                    + "\"model\":\"deepseek-v4-flash\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"the end\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}")
            .getBytes(UTF_8);

    private static final byte[] FIRST_PIECE =
            ("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"the beginning\"}}]}\n\n")
                    .getBytes(UTF_8);

    private static final byte[] LAST_PIECES =
            ("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}\n\ndata: [DONE]\n\n")
                    .getBytes(UTF_8);

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(1);

    GatedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How many requests have come since it was shut. */
    int asked() {
        return asked.get();
    }

    void open() {
        gate.countDown();
    }

    void shut() {
        asked.set(0);
        gate = new CountDownLatch(1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var isStreamed = new String(exchange.getRequestBody().readAllBytes(), UTF_8).contains("\"stream\":true");
            asked.incrementAndGet();
            var out = exchange.getResponseBody();
            if (isStreamed) {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                out.write(FIRST_PIECE);
                out.flush();
                gate.await();
                out.write(LAST_PIECES);
            } else {
                gate.await();
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, ANSWER.length);
                out.write(ANSWER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open();
        server.stop(0);
    }
}
