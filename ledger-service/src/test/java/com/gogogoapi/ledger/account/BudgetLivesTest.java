package com.gogogoapi.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.ledger.snapshot.SnapshotBytes;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives of accounts over two years, drawn from seeds, held against sums over the whole story. */
class BudgetLivesTest {

    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyWindowHasWhatTheStorySaysOfIt(long seed) {
        var life = new BudgetLife(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            var scope = life.anyScope();
            for (var window : BudgetWindow.values()) {
                var taken = life.state.limited().budgets().taken(scope, window, life.now);
                assertThat(taken.spentUsd())
                        .as("spent by %s in %s at %s", scope, window, life.now)
                        .isEqualTo(life.sum(scope, window, false));
                assertThat(taken.heldUsd())
                        .as("held by %s in %s at %s", scope, window, life.now)
                        .isEqualTo(life.sum(scope, window, true));
            }
        }
        assertThat(life.holds).as("holds").hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noSixtySecondsInARowHaveMoreThanARate(long seed) {
        var life = new BudgetLife(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
        }
        var seconds = life.secondsOfRated;
        for (var i = BudgetLife.RATE; i < seconds.size(); i++) {
            assertThat(seconds.get(i) - seconds.get(i - BudgetLife.RATE))
                    .isGreaterThanOrEqualTo(BudgetLife.MINUTE_SECONDS);
        }
    }

    /** From the events alone, or from a snapshot anywhere and the events after it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatTheLogSaysIsWhatTheLiveAccountHas(long seed) {
        var life = new BudgetLife(seed);
        var snapshotAt = life.random.nextInt(STEPS);
        var events = 0;
        var snapshot = SnapshotBytes.write(life.state);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            if (step == snapshotAt) {
                snapshot = SnapshotBytes.write(life.state);
                events = life.story.size();
            }
        }
        var replayed = replayed(life.opening, life.story);
        assertThat(replayed.limited()).isEqualTo(life.state.limited());
        assertThat(replayed.openHolds()).isEqualTo(life.state.openHolds());
        var fromSnapshot = replayed(SnapshotBytes.read(snapshot), life.story.subList(events, life.story.size()));
        assertThat(fromSnapshot.limited()).isEqualTo(life.state.limited());
        assertThat(fromSnapshot.openHolds()).isEqualTo(life.state.openHolds());
    }

    private static AccountState replayed(AccountState from, List<LedgerEvent> events) {
        var state = from;
        for (var event : events) {
            state = state.evolve(event);
        }
        return state;
    }
}
