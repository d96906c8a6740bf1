package com.gogogoapi.usage.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.webhooks.Deliveries.Due;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook goes where its account said, to nobody else, and for no longer than it may take. */
class WebhookSenderTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            received.add(path);
            if (path.equals("/elsewhere")) {
                exchange.getResponseHeaders().set("Location", "/secret");
            }
            exchange.sendResponseHeaders(path.equals("/elsewhere") ? 302 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static WebhookSender sender(boolean allowPrivate, Duration timeout) {
        return new WebhookSender(new WebhookProperties(allowPrivate, timeout, List.of(), 10), Clock.systemUTC());
    }

    private static Due to(String url) {
        var endpoint = new Endpoint(
                UUID.randomUUID(),
                new AccountId("acct_sender"),
                url,
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                null,
                List.of(),
                Instant.EPOCH,
                null,
                null);
        return new Due(endpoint, UUID.randomUUID(), "{}", 0, Instant.EPOCH);
    }

    /** All of them are this machine, whatever it was called when the address was written down. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"})
    void nobodyInsideIsCalled(String host) throws IOException {
        var sender = sender(false, Duration.ofSeconds(5));
        assertThatThrownBy(() -> sender.send(
                        to("http://" + host + ":" + server.getAddress().getPort() + "/inside")))
                .isInstanceOf(UnknownHostException.class);
        assertThat(received).isEmpty();
        sender.close();
    }

    @Test
    void unlessTheInstallationSaysSoAndThenNoRedirectIsFollowed() throws IOException {
        var sender = sender(true, Duration.ofSeconds(5));
        assertThat(sender.send(to("http://127.0.0.1:" + server.getAddress().getPort() + "/inside")))
                .isEqualTo(204);
        assertThat(sender.send(to("http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere")))
                .isEqualTo(302);
        assertThat(received).containsExactly("/inside", "/elsewhere");
        sender.close();
    }

    @Test
    void anAnswerThatComesByteByByteIsCutOff() throws Exception {
        var over = new CountDownLatch(1);
        try (var slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var drips = Thread.ofVirtual().start(() -> drip(slow, over));
            var sender = sender(true, Duration.ofMillis(500));
            assertThatThrownBy(() -> sender.send(to("http://127.0.0.1:" + slow.getLocalPort() + "/")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it did not answer within 1 s");
            sender.close();
            over.countDown();
            drips.join();
        }
    }

    /** Never silent for long, and never done. */
    private static void drip(ServerSocket slow, CountDownLatch over) {
        try (var connection = slow.accept();
                var out = connection.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                out.write('.');
                out.flush();
            }
        } catch (IOException e) {
            // The sender has left.
            assertThat(e).isNotNull();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerWithoutAnEndIsCutOff() throws Exception {
        try (var endless = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var writes = Thread.ofVirtual().start(() -> pour(endless));
            var sender = sender(true, Duration.ofSeconds(30));
            assertThatThrownBy(() -> sender.send(to("http://127.0.0.1:" + endless.getLocalPort() + "/")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("exceeded");
            sender.close();
            writes.join();
        }
    }

    private static void pour(ServerSocket endless) {
        try (var connection = endless.accept();
                var out = connection.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[] {'.', '.', '.', '.', '.', '.', '.', '.'});
            }
        } catch (IOException e) {
            // The sender has left.
            assertThat(e).isNotNull();
        }
    }
}
