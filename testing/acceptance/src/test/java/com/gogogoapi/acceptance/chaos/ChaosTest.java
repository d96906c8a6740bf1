package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two ledgers under load while one fault follows the other; then everything comes to rest and the books are read.
 *
 * <p>{@code -Dchaos.seconds=600} goes on with faults for so long (default {@value #SECONDS}; a round that has begun is
 * finished), {@code -Dchaos.seed=…} runs the order of faults and the customers' choices of a former run again. Seed and
 * faults are logged as they happen, the ledgers' own logs are in {@code target/chaos}.
 */
@Tag("chaos")
@Tag("long")
class ChaosTest {

    private static final Logger log = LoggerFactory.getLogger(ChaosTest.class);

    private static final int SECONDS = 40;
    private static final Duration REST = Duration.ofSeconds(60);

    @Test
    void theBooksAreRightAfterEveryFault(@TempDir Path folder) throws Exception {
        var seed = Long.getLong("chaos.seed", System.nanoTime());
        var seconds = Integer.getInteger("chaos.seconds", SECONDS);
        log.info("-Dchaos.seed={} -Dchaos.seconds={}", seed, seconds);
        try (var cluster = Cluster.start("chaos", folder)) {
            var first = cluster.startLedger();
            var second = cluster.startLedger();
            first.ready();
            second.ready();
            try (var load = Load.start(cluster, seed)) {
                load.awaitAnswers(500, REST);
                var faults = new Faults(cluster, load, seed);
                var end = Instant.now().plusSeconds(seconds);
                do {
                    for (var ignored : Faults.Kind.values()) {
                        faults.next();
                    }
                } while (Instant.now().isBefore(end));

                load.stop();
                var evidence = cluster.awaitRest(REST);
                log.info("{}; {}; {}", load, faults, evidence);

                new Books(evidence).assertRight();
                faults.assertAllHappened();
                assertThat(evidence.shards().stream()
                                .flatMap(shard -> shard.log().stream())
                                .<Class<?>>map(stored -> stored.event().getClass()))
                        .as("every kind of event happened")
                        .contains(LedgerEvent.class.getPermittedSubclasses());
                load.repeats()
                        .forEach((kind, count) ->
                                assertThat(count).as("%s", kind).hasPositiveValue());
                assertThat(evidence.asked())
                        .as("the intake has all that was sent")
                        .hasSizeGreaterThanOrEqualTo(Math.toIntExact(load.durable()));
            }
        }
    }
}
