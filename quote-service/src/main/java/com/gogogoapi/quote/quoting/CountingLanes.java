package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps large prompts from taking all the memory and all the cores, and from standing in the way of small ones.
 *
 * <p>There are three lanes by size. Each admits so many bytes at once, before they are read; who finds its lane full waits,
 * and is sent away after a while. Small prompts are counted where they arrive. Larger ones are counted on a few threads of
 * the operating system, which gives every thread its turn, where a virtual thread that counts for a third of a second
 * would keep all others from its core.
 */
final class CountingLanes implements AutoCloseable {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Counted in about a millisecond. */
    static final int SMALL_BYTES = 64 * KIB;

    /** Counted in about a twentieth of a second. */
    static final int MIDDLE_BYTES = MIB;

    private static final int ADMITTED_BYTES_SMALL = 32 * MIB;
    private static final int ADMITTED_BYTES_MIDDLE = 16 * MIB;

    /** Four of the largest: one or more that are counted, the others read meanwhile. */
    private static final int ADMITTED_BYTES_LARGE = 32 * MIB;

    /** What a body of the largest size can take while it is counted, were it nothing but brackets. */
    private static final long MEMORY_FOR_A_LARGE_ONE = 384L * MIB;

    private static final long WAIT_SECONDS = 20;

    private final Lane small = new Lane("small", ADMITTED_BYTES_SMALL, 0);
    private final Lane middle = new Lane("middle", ADMITTED_BYTES_MIDDLE, threads());
    private final Lane large = new Lane("large", ADMITTED_BYTES_LARGE, (int)
            Math.clamp(Runtime.getRuntime().maxMemory() / MEMORY_FOR_A_LARGE_ONE, 1, threads()));

    private static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    private static final class Lane {

        private final Semaphore kibibytes;
        private final int all;
        private final @Nullable ExecutorService counting;

        Lane(String name, int admittedBytes, int threads) {
            all = admittedBytes / KIB;
            kibibytes = new Semaphore(all, true);
            counting = threads == 0 ? null : pool(name, threads, all);
        }

        /** Its queue holds whatever is admitted. */
        private static ExecutorService pool(String name, int threads, int most) {
            var factory = Thread.ofPlatform()
                    .name("counting-" + name + "-", 0)
                    .daemon()
                    .factory();
            return new ThreadPoolExecutor(
                    threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(most), factory);
        }
    }

    private Lane laneFor(long bytes) {
        if (bytes <= SMALL_BYTES) {
            return small;
        }
        return bytes <= MIDDLE_BYTES ? middle : large;
    }

    /** A place for a body of that size, to be had before it is read. */
    final class Place implements AutoCloseable {

        private final Lane lane;
        private final int kibibytes;

        private Place(Lane lane, int kibibytes) {
            this.lane = lane;
            this.kibibytes = kibibytes;
        }

        /** Counts; whatever the counting throws is thrown here. */
        <T> T count(Supplier<T> counting) {
            var threads = lane.counting;
            if (threads == null) {
                return counting.get();
            }
            var task = new FutureTask<>(counting::get);
            threads.execute(task);
            try {
                return task.get();
            } catch (InterruptedException e) {
                task.cancel(false);
                Thread.currentThread().interrupt();
                throw stopping(e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof Error failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public void close() {
            lane.kibibytes.release(kibibytes);
        }
    }

    /**
     * @param bytes the body's size, or the largest accepted where it is not known yet
     * @throws ApiError 503 if no place comes free in time
     */
    Place enter(long bytes) {
        var lane = laneFor(bytes);
        var needed = (int) Math.clamp((bytes + KIB - 1) / KIB, 1, lane.all);
        try {
            if (!lane.kibibytes.tryAcquire(needed, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw ApiError.unavailable("quote_unavailable", "Too many large prompts at once; try again.")
                        .withHeader("Retry-After", "5");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
        return new Place(lane, needed);
    }

    private static ApiError stopping(InterruptedException e) {
        return ApiError.unavailable("quote_unavailable", "The service is stopping.")
                .becauseOf(e);
    }

    @Override
    public void close() {
        for (var lane : new Lane[] {middle, large}) {
            if (lane.counting != null) {
                lane.counting.shutdownNow();
            }
        }
    }
}
