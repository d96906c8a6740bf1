package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Streams that run while the system is stopped or killed: what was delivered is charged, once, and the client is told. */
@Tag("acceptance")
class LongStreamsTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int LIMIT = 20_000;

    /** Two seconds are promised; the rest is for a machine that is busy. */
    private static final Duration NOTED_WITHIN = Duration.ofSeconds(10);

    @Test
    void killingItCostsNoMoreThanWhatWasDeliveredLast() throws Exception {
        try (var system = RunningSystem.startWith("gogogoapi.proxy.outbox.take-over-after=5s")) {
            var customer = system.customer("1.00");
            var stream = LongStream.begin(customer, "tokens=10000, chunk-delay-ms=10", LIMIT);
            var begun = Instant.now();
            await().atMost(SOON).until(() -> stream.piecesUntil(Instant.now().minus(NOTED_WITHIN)) > 10);
            var killed = Instant.now();
            system.kill();
            assertThat(stream.text()).doesNotContain("[DONE]");
            system.start();

            var books = customer.booksAtRest();
            assertThat(books.held()).isZero();
            var line = customer.lastLine();
            assertThat(line.path("rule").asString()).as("begun at %s", begun).isEqualTo("INTERRUPTED_MIDWAY");
            assertThat(line.path("usage_estimated").asBoolean()).isTrue();
            // What the proxy had passed on when it died, the client may not have read.
            assertThat(line.path("completion_tokens").asLong())
                    .isGreaterThanOrEqualTo(stream.piecesUntil(killed.minus(NOTED_WITHIN)))
                    .isLessThanOrEqualTo(stream.pieces() + 100);
            assertThat(endsOf(customer)).hasSize(1);
        }
    }

    /** Both on one system: a stream that can end in time, and, after another start, one that cannot. */
    @Test
    @Tag("long")
    void sigtermLetsFinishWhatCanAndCutsOffSaysAndChargesTheRest() throws Exception {
        try (var system = RunningSystem.startWith("gogogoapi.proxy.shutdown.finish-within=10s")) {
            var customer = system.customer("1.00");
            var shortOne = LongStream.begin(customer, "tokens=300, chunk-delay-ms=10", LIMIT);
            await().atMost(SOON).until(() -> shortOne.pieces() > 5);
            system.stop();
            assertThat(shortOne.text()).contains("data: [DONE]").doesNotContain("\"error\"");

            system.start();
            assertThat(customer.booksAtRest().charged()).isPositive();
            assertThat(customer.lastLine().path("rule").asString()).isEqualTo("COMPLETED");

            var tooLong = LongStream.begin(customer, "tokens=20000, chunk-delay-ms=10", LIMIT);
            var waiting = CompletableFuture.supplyAsync(
                    () -> customer.complete(Customer.chat("Hello [[sim: first-byte-delay-ms=50000]]", 50, false)));
            await().atMost(SOON)
                    .until(() -> tooLong.pieces() > 5 && customer.books().openHolds() == 2);
            system.stop();

            assertThat(waiting.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(503);
            assertThat(waiting.get().body()).contains("\"code\":\"service_stopping\"");
            assertThat(tooLong.text())
                    .contains("data: {\"error\":{")
                    .contains("\"code\":\"service_stopping\"")
                    .doesNotContain("[DONE]");
            system.start();
            customer.booksAtRest();
            assertThat(endsOf(customer))
                    .extracting(line -> line.path("rule").asString(), line -> line.path("completion_tokens")
                            .asLong())
                    .containsExactlyInAnyOrder(
                            tuple("COMPLETED", shortOne.pieces()),
                            tuple("INTERRUPTED_MIDWAY", tooLong.pieces()),
                            tuple("INTERRUPTED", 0L));
        }
    }

    @Test
    @Tag("long")
    void anInstallationWhoseRequestsMayOutliveTheirHoldsRefusesToStart(@TempDir Path data) throws Exception {
        var output = data.resolve("said.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dgogogoapi.proxy.upstream.total-timeout=15m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.gogogoapi.standalone.Standalone",
                        "--data",
                        data.resolve("data").toString(),
                        "--port",
                        Integer.toString(FreePorts.next()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(120)).until(() -> !process.isAlive());
            assertThat(process.exitValue()).isOne();
            assertThat(Files.readString(output))
                    .contains("gogogoapi.ledger.hold-duration must be at least 920 s, not 900 s");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<JsonNode> endsOf(Customer customer) {
        return customer.statement().stream()
                .filter(line -> !line.path("type").asString().matches("hold|grant"))
                .toList();
    }
}
