package com.gogogoapi.chassis.turns;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns taken one after another on a thread of their own, until they are stopped. Whatever ends one, an exhausted memory
 * included, the next is taken: turns that ended unseen would be missed by nobody.
 */
public final class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final String name;
    private final ScheduledExecutorService thread;

    private Turns(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** One every so often, the first after that long; those that are late are made up for. */
    public static Turns atRate(String name, Duration period, Runnable turn) {
        var turns = new Turns(name);
        turns.thread.scheduleAtFixedRate(
                turns.safely(turn), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return turns;
    }

    /** The first turn is another one and taken at once, and so is the next; between all others there is a pause. */
    public static Turns withPauses(String name, Duration pause, Runnable first, Runnable turn) {
        var turns = new Turns(name);
        turns.thread.execute(turns.safely(first));
        turns.thread.scheduleWithFixedDelay(turns.safely(turn), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return turns;
    }

    private Runnable safely(Runnable turn) {
        return () -> {
            try {
                turn.run();
            } catch (Throwable e) {
                log.error("a turn of {} failed", name, e);
            }
        };
    }

    /** Takes a last turn, for which it waits so long. */
    public void stop(Runnable last, Duration within) {
        thread.execute(safely(last));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the last turn of {} was not over within {}", name, within);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
