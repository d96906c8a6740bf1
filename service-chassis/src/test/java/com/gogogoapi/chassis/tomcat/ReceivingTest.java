package com.gogogoapi.chassis.tomcat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.errors.ApiErrorAdvice;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whoever sends a byte now and then does not keep a connection for ever, wherever in the request that is. */
class ReceivingTest {

    private static final Duration A_BYTE_EVERY = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private static ConfigurableApplicationContext service;

    @Configuration
    @EnableAutoConfiguration
    @Import({TomcatConfiguration.class, ApiErrorAdvice.class, RequestIdFilter.class, Routes.class})
    static class Service {}

    @RestController
    static class Routes {

        @PostMapping("/read")
        int read(HttpServletRequest request) throws IOException {
            return request.getInputStream().readAllBytes().length;
        }

        @PostMapping("/refuse")
        void refuse() {
            throw ApiError.invalidApiKey("Whoever it is.");
        }

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }
    }

    @BeforeAll
    static void start() {
        service = new SpringApplicationBuilder(Service.class)
                .properties(
                        "spring.application.name=test",
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.threads.virtual.enabled=true",
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
                        "gogogoapi.receive-timeout=1s")
                .run();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A connection, and all that came back on it. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final StringBuilder received = new StringBuilder();
        private boolean closed;

        Connection() throws IOException {
            var server = ((WebServerApplicationContext) service).getWebServer();
            socket = new Socket("127.0.0.1", server.getPort());
            socket.setSoTimeout(1);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Whether the other side is gone; takes whatever came. */
        boolean isClosed() {
            try {
                for (var read = socket.getInputStream().read();
                        !closed && read >= 0;
                        read = socket.getInputStream().read()) {
                    received.append((char) read);
                }
                closed = true;
            } catch (java.net.SocketTimeoutException e) {
                return closed;
            } catch (IOException e) {
                closed = true;
            }
            return closed;
        }

        /** One more byte, for as long as somebody is there to take it. */
        boolean drip() {
            try {
                if (!isClosed()) {
                    send("x");
                }
            } catch (IOException e) {
                closed = true;
            }
            return isClosed();
        }

        void dripUntilClosed() {
            await().pollInterval(A_BYTE_EVERY).atMost(AT_MOST).until(this::drip);
        }

        void awaitReceived(String text) {
            await().pollInterval(Duration.ofMillis(10)).atMost(AT_MOST).until(() -> {
                isClosed();
                return received.indexOf(text) >= 0;
            });
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aHeadThatDripsIsCutOff() throws IOException {
        try (var connection = new Connection()) {
            connection.send("GET /hello HTTP/1.1\r\nHost: x\r\nX: ");
            connection.dripUntilClosed();
            assertThat(connection.received.toString()).doesNotContain("hello");
        }
    }

    @Test
    void aRequestLineThatDripsIsCutOff() throws IOException {
        try (var connection = new Connection()) {
            connection.send("GET /");
            connection.dripUntilClosed();
        }
    }

    @Test
    void aBodyThatDripsIsRefusedAndCutOff() throws IOException {
        try (var connection = new Connection()) {
            connection.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            connection.dripUntilClosed();
            assertThat(connection.received.toString())
                    .startsWith("HTTP/1.1 408")
                    .contains("x-request-id: ", "\"code\":\"request_timeout\"");
        }
    }

    @Test
    void chunksThatDripAreRefusedAndCutOff() throws IOException {
        try (var connection = new Connection()) {
            connection.send("POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n");
            connection.dripUntilClosed();
            assertThat(connection.received.toString()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void whatNobodyReadsOfARefusedBodyIsNotWaitedForForEver() throws IOException {
        try (var connection = new Connection()) {
            connection.send("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            connection.dripUntilClosed();
            assertThat(connection.received.toString())
                    .startsWith("HTTP/1.1 401")
                    .contains("invalid_api_key");
        }
    }

    @Test
    void aRefusedBodyThatComesInTimeIsReadToItsEndAndTheConnectionGoesOn() throws IOException {
        try (var connection = new Connection()) {
            connection.send("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            connection.awaitReceived("invalid_api_key");
            connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            connection.awaitReceived("hello");
        }
    }

    @Test
    void betweenRequestsThereIsTime() throws IOException {
        try (var connection = new Connection();
                var other = new Connection()) {
            connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            connection.awaitReceived("hello");
            // As long as the limit is, and longer.
            other.send("GET /");
            other.dripUntilClosed();
            connection.received.setLength(0);
            connection.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345");
            connection.awaitReceived("\r\n\r\n5");
            connection.received.setLength(0);
            connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            connection.awaitReceived("hello");
        }
    }
}
