package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private void askAndLeave(String body, long holds) throws Exception {
        var at = URI.create(system.url("/v1/chat/completions"));
        try (var socket = new Socket(InetAddress.getByName(at.getHost()), at.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + at.getPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Authorization: Bearer " + customer.apiKey() + "\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> customer.statement().stream()
                                    .filter(line -> line.path("type").asString().equals("hold"))
                                    .count()
                            == holds);
        }
    }
}
