package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A key stands for its request as long as it is kept; then it may be used anew. */
@Tag("acceptance")
@Tag("long")
class IdempotencyExpiryTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void anExpiredKeyIsRunAndChargedAnew() throws Exception {
        try (var system = RunningSystem.startWith("gogogoapi.proxy.idempotency.keep-for=20s")) {
            var customer = system.customer("1.00");
            var body = Customer.chat("Hello", 50, false);
            var first = ask(customer, body);
            var again = ask(customer, body);
            Keyed.assertReplayed(first, again);
            await().atMost(SOON).until(() -> isRunAnew(ask(customer, body)));
            assertThat(ask(customer, Customer.chat("Something else", 50, false)).statusCode())
                    .as("and stands for its request again")
                    .isEqualTo(422);
            customer.booksAtRest();
            assertThat(customer.statement().stream()
                            .filter(line -> line.path("type").asString().equals("charge")))
                    .hasSize(2);
        }
    }

    /** Right when it expires, the ledger may still say that it was charged within the time: 422, and no answer of either run. */
    private static boolean isRunAnew(java.net.http.HttpResponse<byte[]> answer) {
        return answer.statusCode() == 200 && !Keyed.isReplayed(answer);
    }

    private static java.net.http.HttpResponse<byte[]> ask(Customer customer, String body) throws Exception {
        return Keyed.send(customer.system().url("/v1/chat/completions"), customer.apiKey(), "k", body);
    }
}
