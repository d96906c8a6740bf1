package com.gogogoapi.ledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.gogogoapi.ledger.account.AnsweredRequests;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Hundreds of worlds, and in the long run thousands. A failure names its seed; {@code -Dsimulation.seed=N} runs that world
 * alone, {@code -Dsimulation.seeds=N} so many of them.
 */
@Tag("simulation")
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 600);
    private static final int MORE_SEEDS = 2_400;
    private static final int STEPS = 500;

    private static final int LONG_WORLDS = 10;

    /** How many worlds a defect may survive. */
    private static final int PATIENCE = 300;

    private static final List<Logger> LOUD = Stream.of("com.gogogoapi", "org.axonframework")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();
    private static List<Level> before = List.of();

    @BeforeAll
    static void beQuiet() {
        // Every fault is logged, and here faults are all there is.
        before = LOUD.stream().map(Logger::getEffectiveLevel).toList();
        LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterAll
    static void speakAgain() {
        for (var i = 0; i < LOUD.size(); i++) {
            LOUD.get(i).setLevel(before.get(i));
        }
    }

    private static Faults run(long seed, Set<Defect> defects) {
        return run(seed, new World(seed, defects), STEPS);
    }

    private static Faults run(long seed, World world, int steps) {
        try {
            return world.run(steps);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "in the world of seed " + seed + " (-Dsimulation.seed=" + seed + "), after " + world.describe(), e);
        }
    }

    @Test
    void everyWorldKeepsThePromises() {
        var only = Long.getLong("simulation.seed");
        if (only != null) {
            System.out.println("world " + only + ": " + run(only, EnumSet.noneOf(Defect.class)));
            return;
        }
        var all = assertThatWorldsAreRight(0, SEEDS);
        assertThat(all.retentions).as("retentions").isGreaterThan(SEEDS / 10);
        assertThat(all.lostEnds).as("lost ends of the intake").isGreaterThan(SEEDS / 10);
        assertThat(all.newTopics).as("new topics").isGreaterThan(SEEDS / 10);
        assertThat(all.gaps).as("gaps").isGreaterThan(SEEDS / 10);
        assertThat(all.acceptedGaps).as("gaps that an operator accepted").isGreaterThan(SEEDS / 10);
    }

    @Test
    @Tag("long")
    void thousandsOfWorldsKeepThePromises() {
        assertThatWorldsAreRight(SEEDS, MORE_SEEDS);
    }

    private static Faults assertThatWorldsAreRight(long firstSeed, int worlds) {
        var all = new Faults();
        LongStream.range(firstSeed, firstSeed + worlds)
                .forEach(seed -> all.add(run(seed, EnumSet.noneOf(Defect.class))));
        System.out.println(worlds + " worlds: " + all);
        assertThat(all.expiries).as("ends of grants").isGreaterThan(worlds);
        assertThat(all.laterParts).as("ends of grants in several parts").isGreaterThan(worlds / 10);
        assertThat(all.crashes).as("crashes").isGreaterThan(worlds);
        assertThat(all.databaseFailures).as("failed calls").isGreaterThan(worlds);
        assertThat(all.lostAnswers).as("lost answers").isGreaterThan(worlds);
        assertThat(all.stalls).as("stalls").isGreaterThan(worlds);
        assertThat(all.lostSends).as("failed sends").isGreaterThan(worlds);
        assertThat(all.newProducers).as("new producers").isGreaterThan(worlds / 10);
        assertThat(all.blockedSenders).as("producers that took nothing").isGreaterThan(worlds / 10);
        assertThat(all.rebalances).as("rebalances").isGreaterThan(worlds);
        assertThat(all.clockJumps).as("clock jumps").isGreaterThan(worlds);
        assertThat(all.refusals).as("forgeries set aside").isGreaterThan(worlds / 2);
        assertThat(all.lostSnapshots).as("lost snapshots").isGreaterThan(worlds);
        assertThat(all.takenOver).as("notes taken over").isGreaterThan(worlds / 10);
        assertThat(all.keptEnds).as("ends kept while Kafka refused").isGreaterThan(worlds / 10);
        assertThat(all.publishedTwice).as("ends published twice").isGreaterThan(worlds / 10);
        return all;
    }

    /** Long enough that accounts forget answered requests, and find them in the log when they are repeated. */
    @Test
    void accountsThatForgetAnswerTheSame() {
        LongStream.range(0, LONG_WORLDS).forEach(seed -> {
            var befallen = run(seed, new World(seed, EnumSet.noneOf(Defect.class)), 30 * STEPS);
            assertThat(befallen.events).isGreaterThan(4 * AnsweredRequests.LIMIT);
        });
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        for (var seed = 0; seed < 20; seed++) {
            var first = new World(seed, EnumSet.noneOf(Defect.class));
            var second = new World(seed, EnumSet.noneOf(Defect.class));
            assertThat(first.run(STEPS).toString()).isEqualTo(second.run(STEPS).toString());
            assertThat(first.story()).isEqualTo(second.story()).isNotBlank();
        }
    }

    /** The mutants: of every promise a deliberately broken build, which this simulation has to find. */
    @ParameterizedTest
    @EnumSource(Defect.class)
    void everyDefectIsFound(Defect defect) {
        for (var seed = 0; seed < PATIENCE; seed++) {
            try {
                run(seed, EnumSet.of(defect));
            } catch (AssertionError found) {
                System.out.println(defect + " is found in world " + seed + ": "
                        + found.getCause()
                                .getMessage()
                                .strip()
                                .lines()
                                .findFirst()
                                .orElse(""));
                return;
            }
        }
        fail(defect + " survives " + PATIENCE + " worlds");
    }
}
