package com.gogogoapi.ledger.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;

/**
 * How signing goes, for whoever watches: the time since it was last possible, and whether it is stopped for a reason that
 * only an operator can remove.
 */
final class SigningState {

    private static final Logger log = LoggerFactory.getLogger(SigningState.class);

    /** How many rounds may fail before that is a fault: a broker or a database that is away for a moment is none. */
    private static final int PATIENCE_ROUNDS = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String WHAT_TO_DO =
            "nothing is signed any more: what was signed before, and is kept outside the"
                    + " database, is not what the database says. Restore a database that holds what was signed, from a newer backup;"
                    + " see docs/audit.md, \"When a backup was restored\"";

    private final Duration patience;
    private final Clock clock;
    private final Counter made;
    private final Counter failures;
    private volatile Instant possibleAt;
    private volatile @Nullable String contradiction;
    private volatile @Nullable String waitingFor;

    SigningState(Duration interval, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        var rounds = interval.multipliedBy(PATIENCE_ROUNDS);
        this.patience = rounds.compareTo(PATIENCE) < 0 ? PATIENCE : rounds;
        this.possibleAt = clock.instant();
        this.made = Counter.builder("gogogoapi.ledger.checkpoints")
                .description("Checkpoints made by this instance")
                .register(meters);
        this.failures = Counter.builder("gogogoapi.ledger.checkpoint.failures")
                .description("Checkpoints that could not be made or carried out of the database")
                .register(meters);
        Gauge.builder("gogogoapi.ledger.checkpoint.age", this, SigningState::ageSeconds)
                .description("Since a checkpoint was last possible: made, or nothing was new")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("gogogoapi.ledger.checkpoint.contradictions", this, state -> state.contradiction == null ? 0 : 1)
                .description("1 while nothing is signed, since what was signed before is not what the database says")
                .register(meters);
    }

    private double ageSeconds() {
        return Duration.between(possibleAt, clock.instant()).toMillis() / 1000.0;
    }

    void started() {
        possibleAt = clock.instant();
    }

    void done(boolean isNew) {
        if (isNew) {
            made.increment();
        }
        possibleAt = clock.instant();
        contradiction = null;
        waitingFor = null;
    }

    void waiting(String until) {
        if (!until.equals(waitingFor)) {
            log.warn("nothing is signed until the log has what was signed before: {}", until);
        }
        contradiction = null;
        waitingFor = until;
    }

    void failed(Throwable failure) {
        failures.increment();
        if (failure instanceof ContradictionException contradicted) {
            contradiction = String.valueOf(contradicted.getMessage());
            log.error(WHAT_TO_DO, failure);
        } else {
            log.error("no checkpoint for now", failure);
        }
    }

    Health health(boolean isAlive) {
        var age = Duration.between(possibleAt, clock.instant());
        var health = isAlive && contradiction == null && age.compareTo(patience) < 0 ? Health.up() : Health.down();
        health.withDetail("seconds_since_possible", age.toSeconds());
        if (contradiction != null) {
            health.withDetail("stopped", contradiction);
        }
        if (waitingFor != null) {
            health.withDetail("waiting", waitingFor);
        }
        return health.build();
    }
}
