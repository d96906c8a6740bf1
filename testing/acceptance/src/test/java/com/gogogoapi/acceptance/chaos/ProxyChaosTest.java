package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two proxies with long streams running while one fault follows the other: SIGTERM, {@code kill -9}, and Kafka away for longer
 * than any producer waits; then everything comes to rest, and what each client was given is held against what it was charged.
 *
 * <p>{@code -Dchaos.seconds=600} goes on with faults for so long (by default each comes once), {@code -Dchaos.seed=…} runs the
 * order of faults and the lengths of streams of a former run again. The services' own logs are in {@code target/services}.
 */
@Tag("chaos")
@Tag("long")
class ProxyChaosTest {

    private static final Logger log = LoggerFactory.getLogger(ProxyChaosTest.class);

    /** Only ends a wait that nothing will end any more. */
    private static final Duration REST = Proxies.HOLDS_LIVE.plusMinutes(3);

    @Test
    void whatWasServedIsChargedOnceWhateverDies(@TempDir Path folder) throws Exception {
        var seed = Long.getLong("chaos.seed", System.nanoTime());
        var seconds = Integer.getInteger("chaos.seconds", 0);
        var again = "-Dchaos.seed=%d -Dchaos.seconds=%d".formatted(seed, seconds);
        log.info(again);
        try (var cluster = Cluster.start("proxy-chaos", folder, Proxies.HOLDS_LIVE);
                var proxies = Proxies.start(cluster, folder.resolve("outbox"))) {
            var customer = proxies.customer();
            try (var load = StreamLoad.start(proxies, customer.key(), seed)) {
                var faults = new ProxyFaults(cluster, proxies, load, customer.account(), seed);
                Seeded.run(again, faults::toString, () -> {
                    load.awaitNewStreamsEverywhere();
                    var end = Instant.now().plusSeconds(seconds);
                    do {
                        for (var ignored : ProxyFaults.Kind.values()) {
                            faults.next();
                        }
                    } while (Instant.now().isBefore(end));
                    load.stop();
                    proxies.awaitEmptyOutbox();
                    var evidence = cluster.awaitRest(REST);

                    var delivered = new Delivered(evidence.events());
                    delivered.assertChargedAsDelivered(load.given());
                    log.info("{}; {}; {}", faults, delivered, evidence);
                    new Books(evidence).assertRight();
                    faults.assertAllHappened();
                    var audited = cluster.audited(folder);
                    assertThat(audited.exit()).as(audited.output()).isZero();
                });
            }
        }
    }
}
