package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.checkpoint.SigningConfiguration.Signing;
import com.gogogoapi.ledger.log.LedgerLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Makes checkpoints in time and carries them out of the database: into {@code ledger-checkpoints} and a file. What could
 * not be carried is carried next time, so both may repeat or lag, and never skip. Every instance tries; the database lets
 * one through for each number.
 */
@Component
class Checkpoints implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final int PAGE = 100;
    private static final String KEY = "checkpoint";

    private final CheckpointStore store;
    private final CheckpointProperties properties;
    private final EventPublisher publisher;
    private final Clock clock;
    private final Counter made;
    private final Counter failures;
    private final Optional<CheckpointMaker> maker;
    private @Nullable CheckpointFile file;
    private @Nullable Thread thread;

    Checkpoints(
            LedgerLog ledgerLog,
            ShardEnds ends,
            CheckpointStore store,
            CheckpointProperties properties,
            Signing signing,
            EventPublisher publisher,
            MeterRegistry meters,
            Clock clock) {
        this.store = store;
        this.properties = properties;
        this.publisher = publisher;
        this.clock = clock;
        this.made = Counter.builder("gogogoapi.ledger.checkpoints")
                .description("Checkpoints made by this instance")
                .register(meters);
        this.failures = Counter.builder("gogogoapi.ledger.checkpoint.failures")
                .description("Checkpoints that could not be made or carried out of the database")
                .register(meters);
        this.maker = signing.key()
                .map((SigningKey key) ->
                        new CheckpointMaker(ledgerLog, ends, store, key, clock, properties.maxEventsPerShard()));
    }

    @Override
    public synchronized void start() {
        if (maker.isPresent()) {
            thread = Thread.ofPlatform().name("ledger-checkpoints").start(() -> run(maker.get()));
        }
    }

    private void run(CheckpointMaker making) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var next = making.makeNext();
                next.ifPresent(checkpoint -> made.increment());
                carryOut();
                // One covers a bounded part of the log, so after much there are several without a pause.
                if (next.isEmpty() || !isBehind(next.get())) {
                    Thread.sleep(properties.checkpointInterval());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException
                    | DataAccessException
                    | IOException
                    | CompletionException
                    | IllegalStateException
                    | IllegalArgumentException e) {
                failures.increment();
                log.error("no checkpoint for now", e);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(properties.checkpointInterval());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isBehind(Checkpoint checkpoint) {
        return checkpoint.shards().stream()
                .anyMatch(part -> part.last() - part.first() >= properties.maxEventsPerShard() / 2);
    }

    private void carryOut() throws IOException {
        for (var page = store.after(store.published(), PAGE);
                !page.isEmpty();
                page = store.after(store.published(), PAGE)) {
            for (var signed : page) {
                var number = Checkpoint.parse(signed.payload()).number();
                var metadata = EventMetadata.of(TimeOrderedIds.next(), publisher.source(), clock.instant());
                publisher
                        .send(EventRecords.record(
                                Topics.LEDGER_CHECKPOINTS,
                                null,
                                KEY,
                                new LedgerCheckpointed(number, signed.payload(), signed.signature()),
                                metadata))
                        .join();
                store.published(number);
            }
        }
        if (!properties.checkpointFile().isBlank()) {
            writeFile();
        }
    }

    private void writeFile() throws IOException {
        var open = file;
        if (open == null) {
            open = new CheckpointFile(Path.of(properties.checkpointFile()));
            file = open;
        }
        for (var page = store.after(open.last(), PAGE); !page.isEmpty(); page = store.after(open.last(), PAGE)) {
            for (var signed : page) {
                open.append(Checkpoint.parse(signed.payload()).number(), signed);
            }
        }
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
}
