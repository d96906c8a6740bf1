package com.gogogoapi.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class SigningStateTest {

    private static final class HandClock extends Clock {

        private Instant now = Instant.parse("2026-11-26T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SigningState state = new SigningState(Duration.ofSeconds(60), clock, meters);

    private Status status() {
        return state.health(true).getStatus();
    }

    @Test
    void isWellWhileItIsPossible() {
        assertThat(status()).isEqualTo(Status.UP);
        clock.now = clock.now.plusSeconds(299);
        assertThat(status()).isEqualTo(Status.UP);
        state.done(false);
        clock.now = clock.now.plusSeconds(299);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void aThreadThatEndedIsNotWell() {
        assertThat(state.health(false).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isNotWellWhenItWasNotPossibleForLong() {
        state.failed(new OutOfMemoryError());
        assertThat(status()).as("once").isEqualTo(Status.UP);
        clock.now = clock.now.plusSeconds(300);
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(meters.get("gogogoapi.ledger.checkpoint.age").gauge().value())
                .isEqualTo(300);
        state.done(true);
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(meters.get("gogogoapi.ledger.checkpoint.age").gauge().value())
                .isZero();
    }

    @Test
    void waitingForTheLogIsNoFaultUntilItLasts() {
        state.waiting("the log ends at 9");
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(state.health(true).getDetails()).containsEntry("waiting", "the log ends at 9");
        clock.now = clock.now.plusSeconds(300);
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void aContradictionIsAFaultAtOnceAndForAsLongAsItLasts() {
        state.failed(new ContradictionException("another checkpoint 7"));
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(state.health(true).getDetails()).containsEntry("stopped", "another checkpoint 7");
        assertThat(meters.get("gogogoapi.ledger.checkpoint.contradictions")
                        .gauge()
                        .value())
                .isEqualTo(1);
        state.failed(new IllegalStateException("the database is away"));
        assertThat(status()).as("it is not solved").isEqualTo(Status.DOWN);
        state.done(false);
        assertThat(status()).isEqualTo(Status.UP);
    }
}
