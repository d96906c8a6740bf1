package com.gogogoapi.usage.live;

import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.live.Told.Resync;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One reader's stream: the Kafka thread puts in, the reader's own thread takes out. A reader that is slower than its events loses
 * them and is told so, so that it takes no more room than {@link #MAX_WAITING} events.
 */
final class LiveStream {

    static final int MAX_WAITING = 256;

    private final Asker asker;
    private final int shard;
    private final Deque<Told> waiting = new ArrayDeque<>();
    private boolean isOver;

    /** @param shard its account's */
    LiveStream(Asker asker, int shard) {
        this.asker = asker;
        this.shard = shard;
    }

    Asker asker() {
        return asker;
    }

    int shard() {
        return shard;
    }

    /**
     * Never waits.
     *
     * @param sequence the newest event of the shard
     */
    synchronized void tell(long sequence, Told told) {
        if (waiting.size() >= MAX_WAITING) {
            waiting.clear();
            waiting.add(new Resync(shard, sequence));
        } else {
            waiting.add(told);
        }
        notifyAll();
    }

    /** Ends it, as soon as its reader looks. */
    synchronized void end() {
        isOver = true;
        notifyAll();
    }

    synchronized boolean isOver() {
        return isOver;
    }

    /** What comes next; null if nothing does within that time, or it is over. */
    synchronized @Nullable Told next(Duration within) throws InterruptedException {
        var until = System.nanoTime() + within.toNanos();
        while (waiting.isEmpty() && !isOver) {
            var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        return isOver ? null : waiting.poll();
    }
}
