package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes while nothing is written to it is noticed all the same: nobody pays for what nobody reads. */
@Tag("acceptance")
class LeavingTest {

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    /** The upstream says half of its answer and no more, for longer than any test: nothing else can end this. */
    @ParameterizedTest
    @CsvSource({"a client that gives up at once, 1", "one that tries again twice, 3"})
    void anAnswerInOnePieceIsGivenUpWithItsClient(String name, int times) throws Exception {
        for (var time = 0; time < times; time++) {
            askAndLeave(Customer.chat("Hello [[sim: keep-alive=true, stall-after=0]]", 50, false), time + 1);
        }
        var books = customer.booksAtRest();
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("CLIENT_LEFT_EARLY");
        assertThat(books.charged()).isZero();
        customer.isServedWell();
    }

    /** Bytes behind a request are the next one's, and no sign of leaving, whether they come with it or while it is answered. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoAsksForMoreAlreadyHasNotLeft(boolean atOnce) throws Exception {
        var slow = request(Customer.chat("Hello [[sim: tokens=20, chunk-delay-ms=100]]", 50, false), "keep-alive");
        var next = request(Customer.chat("Hello [[sim: tokens=3]]", 50, false), "close");
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            out.write((atOnce ? slow + next : slow).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (!atOnce) {
                awaitHolds(1);
                out.write(next.getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200", -1)).as(answers).hasSize(3);
        }
    }

    private void askAndLeave(String body, long holds) throws Exception {
        try (var socket = connect()) {
            socket.getOutputStream().write(request(body, "keep-alive").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            awaitHolds(holds);
        }
    }

    private Socket connect() throws Exception {
        var at = URI.create(system.url("/"));
        return new Socket(InetAddress.getByName(at.getHost()), at.getPort());
    }

    private String request(String body, String connection) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: "
                + connection + "\r\nAuthorization: Bearer " + customer.apiKey() + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private void awaitHolds(long count) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> customer.statement().stream()
                                .filter(line -> line.path("type").asString().equals("hold"))
                                .count()
                        == count);
    }
}
