package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.checkpoint.SigningConfiguration.Signing;
import com.gogogoapi.ledger.checkpoint.SigningRounds.Outcome;
import com.gogogoapi.ledger.log.LedgerLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Signs in time, on a thread of its own, round after round ({@link SigningRounds}). Every instance tries; the database lets
 * one through for each number. Whatever ends a round, an exhausted memory included, ends only that round; {@link
 * SigningState} says how long it has not been possible to sign.
 */
@Component("ledgerSigning")
class Checkpoints implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final LedgerLog ledgerLog;
    private final ShardEnds ends;
    private final CheckpointStore store;
    private final CheckpointProperties properties;
    private final KafkaClients kafka;
    private final EventPublisher publisher;
    private final Clock clock;
    private final Optional<SigningKey> key;
    private final SigningState state;
    private volatile @Nullable Thread thread;

    Checkpoints(
            LedgerLog ledgerLog,
            ShardEnds ends,
            CheckpointStore store,
            CheckpointProperties properties,
            Signing signing,
            KafkaClients kafka,
            EventPublisher publisher,
            MeterRegistry meters,
            Clock clock) {
        this.ledgerLog = ledgerLog;
        this.ends = ends;
        this.store = store;
        this.properties = properties;
        this.kafka = kafka;
        this.publisher = publisher;
        this.clock = clock;
        this.key = signing.key();
        this.state = new SigningState(properties.checkpointInterval(), clock, meters);
    }

    @Override
    public synchronized void start() {
        if (key.isPresent()) {
            var signingKey = key.get();
            state.started();
            thread = Thread.ofPlatform().name("ledger-checkpoints").start(() -> run(signingKey));
        }
    }

    private void run(SigningKey signingKey) {
        while (!Thread.currentThread().isInterrupted()) {
            try (var rounds =
                    new SigningRounds(ledgerLog, ends, store, properties, signingKey, kafka, publisher, clock)) {
                goOn(rounds);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                if (!Thread.currentThread().isInterrupted()) {
                    state.failed(e);
                    pause();
                }
            }
        }
    }

    private void goOn(SigningRounds rounds) throws SQLException, IOException, InterruptedException {
        while (true) {
            var pause = true;
            switch (rounds.next()) {
                case Outcome.Done(var made) -> {
                    state.done(made.isPresent());
                    // One covers a bounded part of the log, so after much there are several without a pause.
                    pause = made.isEmpty() || !isBehind(made.get());
                }
                case Outcome.Waiting(var until) -> state.waiting(until);
            }
            if (pause) {
                Thread.sleep(properties.checkpointInterval());
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(properties.checkpointInterval());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBehind(Checkpoint checkpoint) {
        return checkpoint.shards().stream()
                .anyMatch(part -> part.last() - part.first() >= properties.maxEventsPerShard() / 2);
    }

    @Override
    public synchronized void stop() {
        var running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(STOP_WITHIN)) {
                log.error("{} did not stop within {}", running.getName(), STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public Health health() {
        if (key.isEmpty()) {
            return Health.up()
                    .withDetail("signing", "this installation has no signing key")
                    .build();
        }
        var running = thread;
        return state.health(running != null && running.isAlive());
    }
}
