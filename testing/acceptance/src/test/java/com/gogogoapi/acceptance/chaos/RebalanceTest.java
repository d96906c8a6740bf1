package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ledger, two, three, and one again, under load: shards move by themselves, and nothing is lost or repeated. Of the
 * two that leave one stops in order and one is killed.
 *
 * <p>{@code -Drebalance.rounds=10} does it so often (default 1); {@code -Drebalance.seed=…} repeats the customers' choices.
 */
@Tag("chaos")
@Tag("long")
class RebalanceTest {

    private static final Logger log = LoggerFactory.getLogger(RebalanceTest.class);

    private static final int ANSWERS_BETWEEN = 150;

    /** Only ends a wait that nothing will end any more. */
    private static final Duration SOON = Duration.ofMinutes(3);

    @Test
    void movingShardsLosesAndRepeatsNothing(@TempDir Path folder) throws Exception {
        var seed = Long.getLong("rebalance.seed", System.nanoTime());
        var again = "-Drebalance.seed=" + seed;
        log.info(again);
        try (var cluster = Cluster.start("rebalance", folder)) {
            cluster.startLedger().ready();
            try (var load = Load.start(cluster, seed)) {
                Seeded.run(again, load::toString, () -> {
                    load.awaitAnswers(ANSWERS_BETWEEN, SOON);
                    for (var round = 0; round < Integer.getInteger("rebalance.rounds", 1); round++) {
                        var second = joined(cluster, load);
                        var third = joined(cluster, load);
                        second.stop();
                        load.awaitAnswers(ANSWERS_BETWEEN, SOON);
                        third.killHard();
                        cluster.awaitIntakeUntilNowTaken(SOON);
                        assertThat(cluster.ledgers()).as("ledgers left").hasSize(1);
                    }
                    load.stop();
                    var evidence = cluster.awaitRest(SOON);
                    log.info("{}; {}", load, evidence);
                    new Books(evidence).assertRight();
                });
            }
        }
    }

    /** One more ledger, that has appended events of its own. */
    private static LedgerProcess joined(Cluster cluster, Load load) {
        var ledger = cluster.startLedger().ready();
        await("the new ledger has shards and appends").atMost(SOON).until(() -> ledger.appended() > 0);
        load.awaitAnswers(ANSWERS_BETWEEN, SOON);
        return ledger;
    }
}
