package com.gogogoapi.ledger.intake;

import com.gogogoapi.ledger.aggregate.AccountEngine;
import com.gogogoapi.ledger.aggregate.BatchOutcome;
import com.gogogoapi.ledger.aggregate.DecidedBatch;
import com.gogogoapi.ledger.aggregate.ShardIntake;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.publication.PublicationThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one worker's batches: decide, append, publish. A large batch is appended on another thread while the worker
 * decides the next one; a small one at once, since somebody waits for its answers.
 *
 * <pre>
 * worker    decide 1 ┐ decide 2 ──┬ publish 1 ┐ decide 3 ──┬ publish 2 ┐
 * append             └▶ append 1 ─┘           └▶ append 2 ─┘           └▶
 * </pre>
 *
 * One batch at most is ahead of the log, and nobody hears of it before it is in there. If the append before it fails, or
 * is fenced, it is decided again, or not at all where its shards were closed. A batch that changes which accounts are
 * parked has nothing decided ahead of it.
 */
final class AppendPipeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AppendPipeline.class);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final AccountEngine engine;
    private final OwnedShards shards;
    private final PublicationThread publicationThread;
    private final IntakeMetrics metrics;
    private final ExecutorService thread;
    private final Runnable onAppended;
    private final int atOnce;
    private @Nullable UnderWay underWay;

    private record UnderWay(
            DecidedBatch batch, List<PolledShard> polled, Future<BatchOutcome> outcome, long startedNanos) {}

    /**
     * @param thread the other thread, one and this pipeline's own; it ends with it
     * @param onAppended done on the other thread whenever a batch is no longer under way
     * @param atOnce up to how many decisions a batch is small
     */
    AppendPipeline(
            AccountEngine engine,
            OwnedShards shards,
            PublicationThread publicationThread,
            IntakeMetrics metrics,
            ExecutorService thread,
            Runnable onAppended,
            int atOnce) {
        this.engine = engine;
        this.shards = shards;
        this.publicationThread = publicationThread;
        this.metrics = metrics;
        this.thread = thread;
        this.onAppended = onAppended;
        this.atOnce = atOnce;
    }

    /** Takes what a poll brought; when this returns, a part of it may still be under way. */
    void take(List<PolledShard> polled) {
        if (polled.stream().noneMatch(PolledShard::holdsResumeRequest)) {
            takeBatch(polled);
        } else {
            polled.stream()
                    .flatMap(shard -> shard.cutAtResumeRequests().stream())
                    .forEach(piece -> takeBatch(List.of(piece)));
        }
    }

    private void takeBatch(List<PolledShard> polled) {
        var started = System.nanoTime();
        try {
            var batch = engine.decide(intakes(polled), this::awaitAppended);
            if (!finish()) {
                batch = engine.decide(intakes(polled));
            }
            if (batch.size() <= atOnce || batch.parks()) {
                appendNow(batch, started);
            } else {
                start(batch, polled, started);
            }
        } catch (LogUnavailableException e) {
            finish();
            recover(polled, e);
        }
    }

    /** Less the shards that were lost to another owner since the poll. */
    private List<ShardIntake> intakes(List<PolledShard> polled) {
        return polled.stream()
                .filter(shard -> shards.isOpen(shard.shard()))
                .map(PolledShard::intake)
                .toList();
    }

    private void start(DecidedBatch batch, List<PolledShard> polled, long startedNanos) {
        var from = shards.positions(batch.shards());
        underWay = new UnderWay(batch, polled, thread.submit(() -> batch.append(from)), startedNanos);
        thread.execute(onAppended);
    }

    private void appendNow(DecidedBatch batch, long startedNanos) {
        if (!batch.shards().isEmpty()) {
            conclude(batch, batch.append(shards.positions(batch.shards())), startedNanos);
        }
    }

    /** Publishes the batch under way if it is appended by now. */
    void finishIfAppended() {
        if (underWay != null && underWay.outcome().isDone()) {
            finish();
        }
    }

    /**
     * Waits for the batch under way, if there is one, and publishes it.
     *
     * @return false if not all of it got into the log: what was decided since then is void
     */
    boolean finish() {
        var finished = underWay;
        if (finished == null) {
            return true;
        }
        BatchOutcome outcome;
        try {
            outcome = outcomeOf(finished);
        } catch (LogUnavailableException e) {
            underWay = null;
            recover(finished.polled(), e);
            return false;
        }
        // After any other failure it stays under way, so that nobody can act as if it had been appended.
        underWay = null;
        return conclude(finished.batch(), outcome, finished.startedNanos());
    }

    /** What became of it is for {@link #finish} to say: who decides meanwhile only must not read the log too soon. */
    private void awaitAppended() {
        if (underWay != null) {
            try {
                await(underWay.outcome());
            } catch (ExecutionException e) {
                log.debug("what is decided meanwhile is void", e);
            }
        }
    }

    private static BatchOutcome outcomeOf(UnderWay batch) {
        try {
            return await(batch.outcome());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LogUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("A batch could not be appended.", e);
        }
    }

    /** Also if interrupted: a worker that no longer waits would not know what is in the log. */
    private static BatchOutcome await(Future<BatchOutcome> outcome) throws ExecutionException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @return whether all of it is in the log */
    private boolean conclude(DecidedBatch batch, BatchOutcome outcome, long startedNanos) {
        engine.applyOutcome(batch, outcome);
        outcome.appended().forEach(appended -> shards.moved(appended.batch().to()));
        publicationThread.committed(outcome.appended());
        if (!outcome.fenced().isEmpty()) {
            log.warn("fenced: another instance moved the shards {}", outcome.fenced());
            metrics.fenced(outcome.fenced().size());
            shards.close(outcome.fenced());
        }
        outcome.toResume().forEach(publicationThread::resume);
        metrics.committed(outcome, System.nanoTime() - startedNanos);
        return outcome.fenced().isEmpty();
    }

    /** After a batch that could not be decided or appended. */
    private void recover(List<PolledShard> polled, LogUnavailableException failure) {
        engine.forget();
        metrics.databaseFailed();
        try {
            if (!failure.refusedTheRows()) {
                throw failure;
            }
            log.error("the database refused a batch; deciding its records one by one", failure);
            polled.stream().flatMap(shard -> shard.oneByOne().stream()).forEach(this::takeAlone);
        } catch (LogUnavailableException e) {
            log.warn("a batch could not be appended; its shards are opened anew", e);
            shards.close(polled.stream().map(PolledShard::shard).toList());
        }
    }

    /** The way past a record that the database refuses: every other one is decided, that one parks its account. */
    private void takeAlone(PolledShard one) {
        var started = System.nanoTime();
        try {
            appendNow(engine.decide(intakes(List.of(one))), started);
        } catch (LogUnavailableException e) {
            if (!e.refusedTheRows()) {
                throw e;
            }
            log.error("the database refused what came of {} before offset {}", one.shard(), one.nextOffset(), e);
            engine.forget();
            appendNow(engine.setAside(one.intake(), "refused by the database: " + e.getMessage()), started);
        }
    }

    /** Lets the batch under way come to its end unpublished; who owns its shards next finds it in the log or not. */
    @Override
    public void close() {
        underWay = null;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a batch is still being appended after {}", CLOSE_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
