package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Large bodies of some, all at once, are no reason for anybody else to wait, nor for the installation to run out of memory. */
@Tag("acceptance")
class LargeBodiesTest {

    private static final int BODIES = 64;
    private static final int BODY_BYTES = 8 * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();

    /** A body made while it is sent: this process is not to hold what the other is to cope with. */
    private record Body(String before, String repeated, String after) {

        private long times() {
            return (BODY_BYTES - before.length() - after.length()) / repeated.length();
        }

        HttpRequest.BodyPublisher publisher() {
            var size = before.length() + times() * repeated.length() + after.length();
            return HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofInputStream(this::stream), size);
        }

        private InputStream stream() {
            return new SequenceInputStream(Collections.enumeration(List.of(
                    new ByteArrayInputStream(before.getBytes(UTF_8)),
                    new Repeated(repeated.getBytes(UTF_8), times()),
                    new ByteArrayInputStream(after.getBytes(UTF_8)))));
        }
    }

    private static final class Repeated extends InputStream {

        private static final int BLOCK_BYTES = 64 * 1024;

        /** The pattern over and over. */
        private final byte[] block;

        private final long size;
        private long at;

        Repeated(byte[] pattern, long times) {
            this.block = new byte[BLOCK_BYTES / pattern.length * pattern.length];
            for (var i = 0; i < block.length; i++) {
                block[i] = pattern[i % pattern.length];
            }
            this.size = pattern.length * times;
        }

        @Override
        public int read() {
            return at == size ? -1 : block[(int) (at++ % block.length)];
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (at == size) {
                return -1;
            }
            var begin = (int) (at % block.length);
            var count = (int) Math.min(Math.min(length, size - at), block.length - begin);
            System.arraycopy(block, begin, bytes, from, count);
            at += count;
            return count;
        }
    }

    private static final String CHAT =
            "{\"model\":\"deepseek-v4-flash\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"hi\"}]";

    /** What a customer might send to hold a millionth of a dollar for it. */
    private static final List<Body> KINDS = List.of(
            new Body(CHAT + ",\"x\":\"", "text ", "\"}"),
            new Body(CHAT + ",\"x\":[", "[],", "[]]}"),
            new Body(CHAT + ",\"x\":[", "{\"a\":\"bcdefghijklmnop\"},", "{}]}"),
            new Body(
                    "{\"model\":\"deepseek-v4-flash\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"x\":\"",
                    "text ",
                    "\"}]}"));

    private HttpResponse<String> send(RunningSystem system, Customer customer, Body body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(system.url("/v1/chat/completions")))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + customer.apiKey())
                        .POST(body.publisher())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void allAtOnceHurtNobody() throws Exception {
        try (var system = RunningSystem.startWith();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = List.of(
                    system.customer("1.00"), system.customer("1.00"), system.customer("1.00"), system.customer("1.00"));
            var other = system.customer("1.00");
            assertThat(other.complete(Customer.chat("Hello", 5, false)).statusCode())
                    .isEqualTo(200);

            for (var body : KINDS) {
                assertThat(send(system, other, body).statusCode()).isEqualTo(400);
            }

            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (var i = 0; i < BODIES; i++) {
                var sender = senders.get(i % senders.size());
                var body = KINDS.get(i / senders.size() % KINDS.size());
                answers.add(threads.submit(() -> send(system, sender, body)));
            }
            var asked = 0;
            var slowestNanos = 0L;
            while (!answers.stream().allMatch(Future::isDone)) {
                var started = System.nanoTime();
                var credits = system.send("GET", "/v1/credits", other.apiKey(), "");
                slowestNanos = Math.max(slowestNanos, System.nanoTime() - started);
                assertThat(credits.statusCode()).as(credits.body()).isEqualTo(200);
                asked++;
            }

            Map<Integer, Integer> statuses = new TreeMap<>();
            for (var answer : answers) {
                var refused = answer.get();
                statuses.merge(refused.statusCode(), 1, Integer::sum);
                assertThat(refused.statusCode()).as(refused.body()).isIn(400, 429, 503);
                assertThat(refused.body()).startsWith("{\"error\":{");
                if (refused.statusCode() != 400) {
                    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                }
            }
            System.out.printf(
                    "%d bodies of %d MiB: %s; credits asked %d times meanwhile, the slowest %d ms%n",
                    BODIES, BODY_BYTES / 1024 / 1024, statuses, asked, slowestNanos / 1_000_000);
            assertThat(asked).isPositive();
            assertThat(slowestNanos).isLessThan(Duration.ofSeconds(10).toNanos());
            assertThat(other.complete(Customer.chat("Hello", 5, false)).statusCode())
                    .isEqualTo(200);
            for (var sender : senders) {
                assertThat(sender.statement()).as("nothing was held").hasSize(1);
                assertThat(sender.complete(Customer.chat("Hello", 5, false)).statusCode())
                        .as("all room is given back")
                        .isEqualTo(200);
            }
            assertThat(Files.readString(system.data().resolve("logs/gogogoapi.log"))
                            + Files.readString(system.data().resolve("output.txt")))
                    .doesNotContain("OutOfMemoryError");
        }
    }
}
