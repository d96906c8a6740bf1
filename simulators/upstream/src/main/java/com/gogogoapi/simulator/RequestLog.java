package com.gogogoapi.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came in and how it went, of the last requests; and how many were in flight at once. */
final class RequestLog {

    private static final int LIMIT = 10_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private int inFlight;
    private int mostInFlight;

    /** One request. */
    static final class Entry {
        final String id;
        final Instant receivedAt;
        final String path;
        final String model;
        final boolean stream;
        final @Nullable Long maxTokens;
        final String userId;
        final String lastMessage;
        volatile int status;
        volatile long completionTokens;
        volatile @Nullable Instant finishedAt;
        volatile boolean clientLeft;

        Entry(
                String id,
                String path,
                String model,
                boolean stream,
                @Nullable Long maxTokens,
                String userId,
                String lastMessage) {
            this.id = id;
            this.receivedAt = Instant.now();
            this.path = path;
            this.model = model;
            this.stream = stream;
            this.maxTokens = maxTokens;
            this.userId = userId;
            this.lastMessage = lastMessage;
        }
    }

    synchronized void begin(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > LIMIT) {
            entries.removeFirst();
        }
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    synchronized void end(Entry entry) {
        entry.finishedAt = Instant.now();
        inFlight--;
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many of them said this last. */
    synchronized long count(String lastMessage) {
        return entries.stream()
                .filter(entry -> entry.lastMessage.equals(lastMessage))
                .count();
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized void clear() {
        entries.clear();
        mostInFlight = inFlight;
    }
}
