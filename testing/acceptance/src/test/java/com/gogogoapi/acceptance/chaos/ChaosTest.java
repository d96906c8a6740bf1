package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * faults are logged as they happen, the ledgers' own logs are in {@code target/services}.
 */
@Tag("chaos")
@Tag("long")
class ChaosTest {

    private static final Logger log = LoggerFactory.getLogger(ChaosTest.class);

    private static final int SECONDS = 40;

    /** Only ends a wait that nothing will end any more. */
    private static final Duration REST = Duration.ofMinutes(3);

    @Test
    void theBooksAreRightAfterEveryFault(@TempDir Path folder) throws Exception {
        var seed = Long.getLong("chaos.seed", System.nanoTime());
        var seconds = Integer.getInteger("chaos.seconds", SECONDS);
        var again = "-Dchaos.seed=%d -Dchaos.seconds=%d".formatted(seed, seconds);
        log.info(again);
        try (var cluster = Cluster.start("chaos", folder)) {
            var first = cluster.startLedger();
            var second = cluster.startLedger();
            first.ready();
            second.ready();
            try (var load = Load.start(cluster, seed)) {
                var faults = new Faults(cluster, load, seed);
                Seeded.run(again, faults::toString, () -> {
                    load.awaitAnswers(500, REST);
                    var end = Instant.now().plusSeconds(seconds);
                    do {
                        for (var ignored : Faults.Kind.values()) {
                            faults.next();
                        }
                    } while (Instant.now().isBefore(end));
                    load.stop();
                    var evidence = cluster.awaitRest(REST, ChaosTest::hasEveryKindOfDecision);
                    log.info("{}; {}; {}", load, faults, evidence);

                    new Books(evidence).assertRight();
                    faults.assertAllHappened();
                    assertThat(evidence.asked())
                            .as("the intake has all that was sent")
                            .hasSizeGreaterThanOrEqualTo(Math.toIntExact(load.durable()));
                    var audited = cluster.audited(folder);
                    assertThat(audited.exit()).as(audited.output()).isZero();
                });
            }
        }
    }

    /** Of the account that was arranged so; nobody orders anything of operators here. */
    private static boolean hasEveryKindOfDecision(Evidence evidence) {
        return evidence.shards().stream()
                .flatMap(shard -> shard.log().stream())
                .filter(stored -> stored.accountId().equals(Customers.ARRANGED.value()))
                .<Class<?>>map(stored -> stored.event().getClass())
                .collect(Collectors.toSet())
                .containsAll(Stream.of(LedgerEvent.class.getPermittedSubclasses())
                        .filter(kind -> kind != ParkedAccountResumed.class && kind != InstallationEvent.class)
                        .toList());
    }
}
