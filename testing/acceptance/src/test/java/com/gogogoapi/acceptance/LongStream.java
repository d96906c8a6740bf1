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
import java.util.stream.Stream;

/** A stream that a client reads while other things happen. */
public final class LongStream {

    private static final String CONTENT = "\"content\":\"";
    private static final int OK = 200;

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Thread reading;
    private volatile int status;
    private volatile String requestId = "";

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

    /** @param setting how the simulator is to answer */
    public static LongStream begin(String url, String apiKey, String setting, int maxTokens) {
        return new LongStream(url, apiKey, Customer.chat("Hello [[sim: " + setting + "]]", maxTokens, true));
    }

    private void read(String url, String apiKey, String body) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                    .header("Authorization", "Bearer " + apiKey)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            requestId = answer.headers().firstValue("x-request-id").orElse("");
            status = answer.statusCode();
            answer.body().forEach(line -> lines.add(new Line(Instant.now(), line)));
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add(new Line(Instant.now(), "broken: " + e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was let in; before its answer begins, it was not. */
    public boolean isServed() {
        return status == OK;
    }

    /** Empty before its answer begins. */
    public String requestId() {
        return requestId;
    }

    public boolean isOver() {
        return !reading.isAlive();
    }

    private Stream<Line> content() {
        return lines.stream().filter(Line::isContent);
    }

    /** Pieces of content so far; the simulator sends a token in each. */
    public long pieces() {
        return content().count();
    }

    public long piecesUntil(Instant until) {
        return content().filter(line -> line.at().isBefore(until)).count();
    }

    public List<Instant> timesOfPieces() {
        return content().map(Line::at).toList();
    }

    /** All of it, once it is over. */
    public String text() throws InterruptedException {
        if (!reading.join(Duration.ofMinutes(3))) {
            throw new AssertionError("The stream must be over by now.");
        }
        return soFar();
    }

    /** What there is of it. */
    public String soFar() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }
}
