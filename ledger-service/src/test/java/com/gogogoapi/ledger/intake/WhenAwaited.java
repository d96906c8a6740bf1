package com.gogogoapi.ledger.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does a task when somebody waits for it, or earlier if resumed: in one thread, and yet a task can be under way for
 * any number of steps.
 */
final class WhenAwaited extends OfOneThread {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    /** Does everything that nobody waited for yet. */
    void resume() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** Whether there is nothing that somebody could wait for. */
    boolean isIdle() {
        return waiting.stream().noneMatch(Task.class::isInstance);
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new Task<>(callable);
    }

    private final class Task<T> extends FutureTask<T> {

        private @Nullable Error error;

        Task(Callable<T> callable) {
            super(callable);
        }

        @Override
        public void run() {
            super.run();
            // An error is the end of the process, whoever runs the task.
            if (error != null) {
                throw error;
            }
        }

        @Override
        protected void setException(Throwable thrown) {
            super.setException(thrown);
            if (thrown instanceof Error itsError) {
                error = itsError;
            }
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            if (waiting.remove(this)) {
                run();
            }
            return super.get();
        }
    }
}
