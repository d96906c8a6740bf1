package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Transfers.done;
import static com.gogogoapi.acceptance.Transfers.send;
import static com.gogogoapi.acceptance.Transfers.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Transfers while everything dies: nothing of them is lost, and nothing doubled. */
@Tag("acceptance")
@Tag("long")
class TransferKillTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    /** {@code kill -9} of everything at once in the middle of many transfers: whatever had left arrives, once. */
    @Test
    void whatHasLeftArrivesThoughEverythingIsKilledInBetween() throws Exception {
        try (var system = RunningSystem.startWith()) {
            var from = system.customer("100.00");
            var to = system.customer("1.00");
            var begun = new AtomicInteger();
            var answered = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var lane = 0; lane < 8; lane++) {
                    threads.submit(() -> {
                        try {
                            while (answered.get() < 1_000_000) {
                                send(from, transfer(to, "0.01", "number " + begun.incrementAndGet()));
                                answered.incrementAndGet();
                            }
                        } catch (UncheckedIOException e) {
                            assertThat(e).as("the system is killed under it").isNotNull();
                        }
                    });
                }
                await().atMost(SOON).until(() -> answered.get() > 100);
                system.kill();
            }
            system.start();

            await().atMost(SOON).until(() -> underWay(system) == 0);
            var left = from.books().revoked();
            assertThat(to.books().granted()).isEqualByComparingTo(left.add(BigDecimal.ONE));
            assertThat(left).isGreaterThanOrEqualTo(new BigDecimal("1.00"));
            for (var number = 1; number <= begun.get(); number++) {
                done(from, transfer(to, "0.01", "number " + number));
            }
            var all = new BigDecimal("0.01").multiply(BigDecimal.valueOf(begun.get()));
            assertThat(from.books().revoked()).isEqualByComparingTo(all);
            assertThat(to.books().granted()).isEqualByComparingTo(all.add(BigDecimal.ONE));
            var audit = Audited.run("verify", "--data", system.data().toString());
            assertThat(audit.exit()).as(audit.output()).isZero();
        }
    }

    private static int underWay(RunningSystem system) {
        var answer = system.send(
                "GET", "/api/v1/operator/orders?status=approved&limit=1000", system.access("operator_token"), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("data").size();
    }
}
