package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of everything at once, in the middle of work. */
@Tag("acceptance")
@Tag("long")
class KillTest {

    private static final int STREAMS = 20;
    private static final Duration HOLDS_LIVE = Duration.ofSeconds(30);

    @Test
    void everyHoldEndsAndNothingIsChargedTwice() throws Exception {
        try (var system = RunningSystem.startWith(
                "gogogoapi.ledger.hold-duration=" + HOLDS_LIVE.toSeconds() + "s",
                "gogogoapi.proxy.upstream.total-timeout=10s")) {
            var customer = system.customer("1.00");
            var prices = system.send("GET", "/api/v1/pricing/deepseek-v4-flash/history", "", "")
                    .body();
            assertThat(customer.complete(Customer.chat("before", 50, false)).statusCode())
                    .isEqualTo(200);
            var body = Customer.chat("Hello [[sim: tokens=2000, chunk-delay-ms=20]]", 3_000, true);

            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < STREAMS; i++) {
                    threads.submit(() -> {
                        try {
                            customer.complete(body);
                        } catch (java.io.UncheckedIOException e) {
                            assertThat(e).as("the system is killed under it").isNotNull();
                        }
                    });
                }
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> customer.books().openHolds() == STREAMS);
                system.kill();
            }
            system.start();

            assertThat(customer.books().granted()).as("accounts and balances").isEqualByComparingTo("1.00");
            assertThat(system.send("GET", "/api/v1/pricing/deepseek-v4-flash/history", "", "")
                            .body())
                    .as("prices")
                    .isEqualTo(prices);
            await().atMost(HOLDS_LIVE.plusSeconds(15))
                    .until(() -> customer.books().openHolds() == 0);

            var books = customer.books();
            assertThat(books.held()).isZero();
            assertThat(books.available()).isEqualByComparingTo(BigDecimal.ONE.subtract(books.charged()));
            assertThat(customer.statement().stream()
                            .filter(line -> !line.path("type").asString().matches("hold|grant"))
                            .map(line -> line.path("rule").asString())
                            .collect(Collectors.toSet()))
                    .as("what was noted is charged, the rest expires")
                    .isSubsetOf("COMPLETED", "INTERRUPTED_MIDWAY", "HOLD_EXPIRED");
            var endings = customer.statement().stream()
                    .filter(line -> !line.path("type").asString().matches("hold|grant"))
                    .collect(Collectors.groupingBy(
                            line -> line.path("request_id").asString(), Collectors.counting()));
            assertThat(endings).hasSize(STREAMS + 1).allSatisfy((request, ends) -> assertThat(ends)
                    .isOne());

            assertThat(customer.complete(Customer.chat("after", 50, false)).statusCode())
                    .as("keys work, requests run")
                    .isEqualTo(200);
            assertThat(customer.booksAtRest().charged()).isGreaterThan(books.charged());
        }
    }

    @Test
    void aSecondStartOnTheSameDataIsRefusedAndSigtermStopsCleanly() throws IOException, InterruptedException {
        try (var system = RunningSystem.startWith()) {
            var customer = system.customer("1.00");
            assertThat(customer.complete(Customer.chat("hi", 10, false)).statusCode())
                    .isEqualTo(200);
            var second = new ProcessBuilder(
                            java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "com.gogogoapi.standalone.Standalone",
                            "--data",
                            system.data().toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(second.getInputStream().readAllBytes());
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(said).contains("One process at a time must use", "stop process");

            var charged = customer.books().charged();
            system.stop();
            assertThat(ProcessHandle.allProcesses().filter(process -> process.info()
                            .commandLine()
                            .orElse("")
                            .contains(system.data().toString())))
                    .as("nothing is left behind")
                    .isEmpty();
            system.start();
            assertThat(customer.books().charged()).isEqualByComparingTo(charged);
            assertThat(customer.complete(Customer.chat("hi", 10, false)).statusCode())
                    .isEqualTo(200);
        }
    }
}
