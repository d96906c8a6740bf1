package com.gogogoapi.usage;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of events as a client reads it, on a thread of its own. */
final class EventReader implements AutoCloseable {

    private record Told(String name, JsonNode data) {}

    private final InputStream from;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private volatile boolean isOver;

    EventReader(InputStream from) {
        this.from = from;
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            var name = "";
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    told.add(new Told(name, JsonMapper.shared().readTree(line.substring("data: ".length()))));
                } else if (line.startsWith(":")) {
                    heartbeats.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // Closed by the test, or broken off: over either way.
        } finally {
            isOver = true;
        }
    }

    List<JsonNode> data(String name) {
        return told.stream()
                .filter(one -> one.name().equals(name))
                .map(Told::data)
                .toList();
    }

    List<Long> sequences(String... names) {
        return told.stream()
                .filter(one -> List.of(names).contains(one.name()))
                .map(one -> one.data().path("sequence").asLong())
                .toList();
    }

    JsonNode awaitFirst(String name) {
        await().atMost(Duration.ofMinutes(1)).until(() -> !data(name).isEmpty());
        return data(name).getFirst();
    }

    int heartbeats() {
        return heartbeats.get();
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        try {
            from.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
