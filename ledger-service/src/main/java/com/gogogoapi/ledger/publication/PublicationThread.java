package com.gogogoapi.ledger.publication;

import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.ledger.aggregate.BatchOutcome.AppendedShard;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of one worker's batches, at the worker's side: a large batch is published on another thread while the worker
 * decides the next one; a small one at once, since somebody waits for its answers and a change of threads costs more than
 * it brings. What else is asked of the {@link Publication} waits until all that was committed is told, so that it is used
 * by one thread at a time, in order.
 */
public final class PublicationThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublicationThread.class);

    /** Up to how many events a batch is small, for who decides and appends it as well. */
    public static final int AT_ONCE = 64;

    /** How many batches the worker may be ahead of what is told; each holds its events in memory. */
    private static final int AHEAD = 2;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Publication publication;
    private final ExecutorService thread;
    private final Semaphore ahead = new Semaphore(AHEAD);
    private volatile @Nullable Throwable failure;

    /** @param thread the other thread, this publicationThread's own; it ends with it */
    public PublicationThread(Publication publication, ExecutorService thread) {
        this.publication = publication;
        this.thread = thread;
    }

    /** Tells what was just committed, now or soon. */
    public void committed(List<AppendedShard> shards) {
        if (isSmall(shards) && ahead.availablePermits() == AHEAD) {
            requireWell();
            shards.forEach(shard -> publication.committed(shard, false));
            return;
        }
        ahead.acquireUninterruptibly();
        try {
            requireWell();
            thread.execute(() -> tell(shards));
        } catch (RuntimeException e) {
            ahead.release();
            throw e;
        }
    }

    private void tell(List<AppendedShard> shards) {
        try {
            if (failure == null) {
                shards.forEach(shard -> publication.committed(shard, true));
            }
        } catch (RuntimeException | Error e) {
            log.error("what was committed could not be told", e);
            failure = e;
        } finally {
            ahead.release();
        }
    }

    private static boolean isSmall(List<AppendedShard> shards) {
        return shards.stream().mapToInt(shard -> shard.events().size()).sum() <= AT_ONCE;
    }

    /** As {@link Publication#takeOver}. */
    public void takeOver(int shard) throws SQLException {
        catchUp();
        publication.takeOver(shard);
    }

    /** As {@link Publication#giveUp}. */
    public void giveUp(Collection<Integer> shards) {
        catchUp();
        publication.giveUp(shards);
    }

    /** As {@link Publication#resume}. */
    public void resume(ParkedResumeRequested rest) {
        catchUp();
        publication.resume(rest);
    }

    /** As {@link Publication#maintain}. */
    public void maintain(Instant now) throws SQLException {
        catchUp();
        publication.maintain(now);
    }

    /** As {@link Publication#unpublished}. */
    public long unpublished() {
        catchUp();
        return publication.unpublished();
    }

    /** Waits until everything committed is told. */
    private void catchUp() {
        ahead.acquireUninterruptibly(AHEAD);
        ahead.release(AHEAD);
        requireWell();
    }

    /** A defect on the other thread ends the worker, as one on its own would. */
    private void requireWell() {
        if (failure != null) {
            throw new IllegalStateException("What was committed must be told, and could not be.", failure);
        }
    }

    /** Tells what is still to be told, and saves how far that is; what is not is told by the next owner. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                publication.save();
            } else {
                log.warn("not everything committed is told within {}; the next owner of the shards will", CLOSE_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
