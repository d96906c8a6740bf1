package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of events, read on a thread of its own. */
final class FollowedEvents implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String DATA = "data: ";
    private static final Duration SOON = Duration.ofMinutes(2);

    private final InputStream from;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private volatile boolean isOver;

    private FollowedEvents(InputStream from) {
        this.from = from;
        Thread.ofVirtual().start(this::read);
    }

    static FollowedEvents by(RunningSystem system, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(system.url("/api/v1/events")));
        headers.forEach(request::header);
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            var events = new FollowedEvents(answer.body());
            await().atMost(SOON).until(() -> !events.told("ready").isEmpty());
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static FollowedEvents by(RunningSystem system, String key) {
        return by(system, Map.of("Authorization", "Bearer " + key));
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(DATA)) {
                    told.add(JsonMapper.shared().readTree(line.substring(DATA.length())));
                }
            }
        } catch (IOException e) {
            // Closed by the test, or broken off: over either way.
        } finally {
            isOver = true;
        }
    }

    List<JsonNode> all() {
        return List.copyOf(told);
    }

    /** @param object {@code ready}, {@code resync} or {@code ledger_event} */
    List<JsonNode> told(String object) {
        return told.stream()
                .filter(one -> one.path("object").asString().equals(object))
                .toList();
    }

    /** The types of what was decided, in order. */
    List<String> types() {
        return told("ledger_event").stream()
                .map(one -> one.path("type").asString())
                .toList();
    }

    void awaitTypes(String... types) {
        await().atMost(SOON).untilAsserted(() -> assertThat(types()).containsExactly(types));
    }

    void awaitEnd() {
        await().atMost(SOON).until(() -> isOver);
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
