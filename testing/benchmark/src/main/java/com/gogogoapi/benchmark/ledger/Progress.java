package com.gogogoapi.benchmark.ledger;

import java.time.Duration;

/** What is going on, for whoever waits: which part, which round, and what it found. */
final class Progress {

    private final long startedNanos = System.nanoTime();
    private final String part;

    Progress(String part) {
        this.part = part;
    }

    void say(String what) {
        var seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds();
        System.err.printf("%4d s  %-12s %s%n", seconds, part, what);
    }
}
