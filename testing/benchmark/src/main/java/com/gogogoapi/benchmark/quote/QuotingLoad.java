package com.gogogoapi.benchmark.quote;

import com.gogogoapi.contracts.wire.ServiceHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** So many clients that each ask for the next quote as soon as they have the last. */
final class QuotingLoad {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI quotes;
    private final Supplier<String> bearer;

    QuotingLoad(int port, Supplier<String> bearer) {
        this.quotes = URI.create("http://127.0.0.1:" + port + "/internal/quotes");
        this.bearer = bearer;
    }

    /** @param nanos of every quote */
    @SuppressWarnings("ArrayRecordComponent") // looked at once, never compared
    record Result(long[] nanos, double seconds) {

        double perSecond() {
            return nanos.length / seconds;
        }

        /** The nearest rank. */
        double millis(int percent) {
            var sorted = nanos.clone();
            java.util.Arrays.sort(sorted);
            return sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)] / 1e6;
        }
    }

    Result run(List<byte[]> requests, int clients, Duration duration) throws InterruptedException {
        var nanos = new ConcurrentLinkedQueue<Long>();
        var next = new AtomicInteger();
        var started = System.nanoTime();
        var end = started + duration.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> one = () -> {
                var asked = 0;
                while (System.nanoTime() < end) {
                    var body = requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
                    var before = System.nanoTime();
                    quote(body);
                    nanos.add(System.nanoTime() - before);
                    asked++;
                }
                return asked;
            };
            for (var asked : threads.invokeAll(
                    IntStream.range(0, clients).mapToObj(i -> one).toList())) {
                asked.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Every client must come to its end.", e.getCause());
        }
        var seconds = (System.nanoTime() - started) / 1e9;
        return new Result(nanos.stream().mapToLong(Long::longValue).toArray(), seconds);
    }

    String quote(byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(quotes)
                .timeout(ANSWER_WITHIN)
                .header("Authorization", bearer.get())
                .header(ServiceHeaders.ACCOUNT, "acct_bench")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "A quote must be answered with 200, not " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
