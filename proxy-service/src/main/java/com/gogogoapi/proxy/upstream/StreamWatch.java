package com.gogogoapi.proxy.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an upstream's stream that makes no progress, or goes on for too long; its reader then fails.
 *
 * <p>Before its first content a stream may be waiting in the upstream's queue: then signs of life are progress, up to a
 * limit of their own. While its reader waits for somebody else, the stream is not expected to make any.
 */
final class StreamWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamWatch.class);

    /**
     * How long what may take.
     *
     * @param noProgress between two pieces of content, and before the first without a sign of life
     * @param queue before the first content, whatever signs of life there are
     * @param total all of it
     */
    record Limits(Duration noProgress, Duration queue, Duration total) {}

    private final InputStream stream;
    private final long noProgressNanos;
    private final long queueEndNanos;
    private final long endNanos;
    private final ScheduledExecutorService clockwork;
    private volatile long progressNanos = System.nanoTime();
    private volatile long pausedNanos;
    private volatile boolean begun;
    private volatile boolean paused;
    private volatile boolean expired;
    private volatile boolean closed;
    private volatile @Nullable ScheduledFuture<?> next;

    private StreamWatch(InputStream stream, Limits limits, ScheduledExecutorService clockwork) {
        this.stream = stream;
        this.noProgressNanos = limits.noProgress().toNanos();
        this.queueEndNanos = System.nanoTime() + limits.queue().toNanos();
        this.endNanos = System.nanoTime() + limits.total().toNanos();
        this.clockwork = clockwork;
    }

    static StreamWatch over(InputStream stream, Limits limits, ScheduledExecutorService clockwork) {
        var watch = new StreamWatch(stream, limits, clockwork);
        watch.look();
        return watch;
    }

    private void look() {
        if (closed) {
            return;
        }
        var now = System.nanoTime();
        var until = Math.min((paused ? now : progressNanos) + noProgressNanos, endNanos);
        var left = (begun ? until : Math.min(until, queueEndNanos)) - now;
        if (left > 0) {
            next = clockwork.schedule(this::look, left, TimeUnit.NANOSECONDS);
            return;
        }
        expired = true;
        try {
            stream.close();
        } catch (IOException e) {
            log.debug("closing a stalled upstream stream", e);
        }
    }

    void progressed() {
        begun = true;
        progressNanos = System.nanoTime();
    }

    /** A sign of life, which is progress for as long as nothing has begun. */
    void isAlive() {
        if (!begun) {
            progressNanos = System.nanoTime();
        }
    }

    void pause() {
        pausedNanos = System.nanoTime();
        paused = true;
    }

    /** What was waited for elsewhere does not count; it is no progress either. */
    void resume() {
        progressNanos += System.nanoTime() - pausedNanos;
        paused = false;
    }

    boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        closed = true;
        var pending = next;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
