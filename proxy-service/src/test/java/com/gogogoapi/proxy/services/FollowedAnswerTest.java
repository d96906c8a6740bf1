package com.gogogoapi.proxy.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer that goes on has to begin in time; how long it goes on is nobody's matter. */
class FollowedAnswerTest {

    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final CountDownLatch goesOn = new CountDownLatch(1);
    private HttpServer server;
    private InstallationServices services;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/begins", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write("first\n".getBytes(UTF_8));
                body.flush();
                awaitGoingOn();
                body.write("last\n".getBytes(UTF_8));
            }
        });
        server.createContext("/internal/never-begins", exchange -> {
            awaitGoingOn();
            exchange.close();
        });
        server.start();
        services = ServicesForTests.withAccountServiceAt(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void awaitGoingOn() {
        try {
            goesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        goesOn.countDown();
        server.stop(0);
    }

    @Test
    void itGoesOnForLongerThanItMayTakeToBegin() throws Exception {
        try (var body = services.follow(Service.ACCOUNT, "/internal/begins", Map.of(), WITHIN);
                var lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            // What is held here is time itself.
            assertThat(goesOn.await(2 * WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            goesOn.countDown();
            assertThat(lines.readLine()).isEqualTo("last");
        }
    }

    @Test
    void oneThatDoesNotBeginIsGivenUp() {
        assertThatThrownBy(() ->
                        services.follow(Service.ACCOUNT, "/internal/never-begins", Map.of(), Duration.ofMillis(200)))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("does not answer");
    }
}
