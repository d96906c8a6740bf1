package com.gogogoapi.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stream that a client reads while other things happen. */
final class LongStream {

    private static final String CONTENT = "\"content\":\"";

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Thread reading;

    private record Line(Instant at, String text) {

        boolean isContent() {
            return text.contains(CONTENT) && !text.contains(CONTENT + "\"");
        }
    }

    private LongStream(String url, String apiKey, String body) {
        this.reading = Thread.ofVirtual().start(() -> read(url, apiKey, body));
    }

    static LongStream begin(Customer customer, String setting, int maxTokens) {
        return begin(customer.system().url(""), customer.apiKey(), setting, maxTokens);
    }

    static LongStream begin(String url, String apiKey, String setting, int maxTokens) {
        return new LongStream(url, apiKey, Customer.chat("Hello [[sim: " + setting + "]]", maxTokens, true));
    }

    private void read(String url, String apiKey, String body) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                    .header("Authorization", "Bearer " + apiKey)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            client.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .forEach(line -> lines.add(new Line(Instant.now(), line)));
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add(new Line(Instant.now(), "broken: " + e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Pieces of content so far; the simulator sends a token in each. */
    long pieces() {
        return lines.stream().filter(Line::isContent).count();
    }

    long piecesUntil(Instant until) {
        return lines.stream()
                .filter(Line::isContent)
                .filter(line -> line.at().isBefore(until))
                .count();
    }

    /** All of it, once it is over. */
    String text() throws InterruptedException {
        if (!reading.join(Duration.ofSeconds(60))) {
            throw new AssertionError("The stream must be over by now.");
        }
        return String.join("\n", lines.stream().map(Line::text).toList());
    }
}
