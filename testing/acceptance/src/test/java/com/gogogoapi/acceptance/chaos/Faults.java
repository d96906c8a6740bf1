package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong, one thing after the other, in an order that the seed decides: every kind once before any comes again.
 * After each the ledger has to answer again before the next.
 */
final class Faults {

    /** What can go wrong. */
    enum Kind {
        LEDGER_KILLED,
        LEDGER_PAUSED_BEYOND_ITS_SESSION,
        POSTGRES_KILLED
    }

    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    /** Still being sent when the signal arrives, so that a fetch is under way and brings records to who wakes later. */
    private static final int BURST = 1_500;

    private static final int ANSWERS_BETWEEN = 100;
    /** Only end a wait that nothing will end any more. */
    private static final Duration TAKEN_OVER = LedgerProcess.SESSION_TIMEOUT.plusMinutes(2);

    private static final Duration SOON = Duration.ofMinutes(2);

    /** Whether a zombie wakes with something in its hands is chance; that one of so many does is not. */
    private static final int MOST_PAUSES = 6;

    private final Random random;
    private final Cluster cluster;
    private final Load load;
    private final List<Kind> round = new ArrayList<>();
    private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);
    private int pauses;
    private long fencedAfterPause;

    Faults(Cluster cluster, Load load, long seed) {
        this.random = new Random(seed);
        this.cluster = cluster;
        this.load = load;
    }

    void next() throws IOException {
        if (round.isEmpty()) {
            round.addAll(Arrays.asList(Kind.values()));
            Collections.shuffle(round, random);
        }
        var kind = round.removeLast();
        var victim = cluster.ledgers().get(random.nextInt(cluster.ledgers().size()));
        log.info("{}; the ledger in question, if one, is {}; {}", kind, victim, load);
        switch (kind) {
            case LEDGER_KILLED -> {
                awaitAppending(victim);
                victim.killHard();
                cluster.startLedger().ready();
            }
            case LEDGER_PAUSED_BEYOND_ITS_SESSION -> pauseUntilAZombieIsRefused(victim);
            case POSTGRES_KILLED -> cluster.killAndRestartPostgres();
        }
        load.awaitAnswers(ANSWERS_BETWEEN, TAKEN_OVER);
        happened.merge(kind, 1, Integer::sum);
    }

    private void pauseUntilAZombieIsRefused(LedgerProcess victim) {
        var before = fencedAfterPause;
        for (var pause = 0; pause < MOST_PAUSES && fencedAfterPause == before; pause++) {
            pauses++;
            pauseUntilItsShardsMoved(victim);
        }
    }

    /** Stops it in the midst of a burst; when it wakes, it still holds records of shards that are no longer its own. */
    private void pauseUntilItsShardsMoved(LedgerProcess victim) {
        awaitAppending(victim);
        var fencedBefore = victim.fenced();
        load.burst(BURST);
        victim.pause();
        cluster.awaitIntakeUntilNowTaken(TAKEN_OVER);
        victim.resume();
        var appendedWhenWoken = victim.appended();
        await("the zombie was refused, or has shards again without having tried")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> victim.fenced() > fencedBefore
                        || victim.appended() > appendedWhenWoken + LedgerProcess.MOST_IN_FLIGHT);
        fencedAfterPause += victim.fenced() - fencedBefore;
    }

    /** A ledger that just came or woke may have no shards yet; a fault of such a one would prove nothing. */
    private static void awaitAppending(LedgerProcess ledger) {
        var before = ledger.appended();
        await(ledger + " appends").atMost(TAKEN_OVER).ignoreExceptions().until(() -> ledger.appended() > before);
    }

    /** Asserts that nothing of this is only on paper. */
    void assertAllHappened() {
        assertThat(happened).as("kinds of faults that happened").containsOnlyKeys(Kind.values());
        assertThat(fencedAfterPause)
                .as("batches that a woken zombie was refused")
                .isPositive();
    }

    @Override
    public String toString() {
        return "%s, after %d pauses %d batches of woken zombies refused".formatted(happened, pauses, fencedAfterPause);
    }
}
