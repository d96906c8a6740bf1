package com.gogogoapi.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.acceptance.LongStream;
import com.gogogoapi.acceptance.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Clients that always have a few long streams running at each proxy; what each of them was given is remembered. */
final class StreamLoad implements AutoCloseable {

    /** Between two pieces of what the upstream says, if nothing holds it up. */
    static final Duration PIECE_EVERY = Duration.ofMillis(25);

    private static final int STREAMS_EACH = 3;
    private static final int LEAST_TOKENS = 600;
    private static final int MOST_TOKENS = 1_400;
    private static final int TOKEN_LIMIT = 20_000;
    private static final int TOP_UP_MILLIS = 500;

    /** Pieces after which something is flowing. */
    private static final int FLOWING = 20;

    /** Only ends a wait that nothing will end any more. */
    private static final Duration SOON = Duration.ofMinutes(4);

    /** @param tokens that the upstream says in all, a piece each */
    record Begun(ServiceProcess proxy, long tokens, LongStream stream, Instant at) {

        boolean isFlowing() {
            return stream.isServed() && !stream.isOver() && stream.pieces() > 0;
        }

        boolean cameToItsEnd() {
            return stream.soFar().contains("data: [DONE]");
        }
    }

    private final Proxies proxies;
    private final String key;
    private final Random random;
    private final List<Begun> begun = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService toppingUp = Executors.newSingleThreadScheduledExecutor();

    private StreamLoad(Proxies proxies, String key, long seed) {
        this.proxies = proxies;
        this.key = key;
        this.random = new Random(seed);
    }

    static StreamLoad start(Proxies proxies, String key, long seed) {
        var load = new StreamLoad(proxies, key, seed);
        load.toppingUp.scheduleWithFixedDelay(load::topUp, 0, TOP_UP_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void topUp() {
        for (var proxy : proxies.alive()) {
            var running = at(proxy).filter(one -> !one.stream().isOver()).count();
            for (; running < STREAMS_EACH; running++) {
                var tokens = random.nextInt(LEAST_TOKENS, MOST_TOKENS + 1);
                var setting = "tokens=%d, chunk-delay-ms=%d".formatted(tokens, PIECE_EVERY.toMillis());
                begun.add(new Begun(
                        proxy, tokens, LongStream.begin(proxy.url(), key, setting, TOKEN_LIMIT), Instant.now()));
            }
        }
    }

    Stream<Begun> at(ServiceProcess proxy) {
        return begun.stream().filter(one -> one.proxy() == proxy);
    }

    List<Begun> all() {
        return begun;
    }

    /** What the client of each was given, once all are over. */
    List<Delivered.Given> given() {
        return begun.stream()
                .map(one -> new Delivered.Given(
                        one.stream().requestId(),
                        one.stream().isServed(),
                        one.tokens(),
                        one.stream().timesOfPieces(),
                        one.stream().soFar(),
                        one.proxy().toString(),
                        proxies.killed().get(one.proxy())))
                .toList();
    }

    /** Waits until each proxy serves a stream that began only now. */
    void awaitNewStreamsEverywhere() {
        var now = Instant.now();
        await("every proxy serves a new stream")
                .atMost(SOON)
                .until(() -> proxies.alive().size() == Proxies.COUNT
                        && proxies.alive().stream().allMatch(proxy -> at(proxy)
                                .anyMatch(one -> one.at().isAfter(now)
                                        && one.isFlowing()
                                        && one.stream().pieces() > FLOWING)));
    }

    /** Begins no more, and waits until those that run are over. */
    void stop() throws InterruptedException {
        toppingUp.shutdown();
        if (!toppingUp.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("No stream is begun any more.");
        }
        await("all streams are over").atMost(SOON).until(() -> begun.stream()
                .allMatch(one -> one.stream().isOver()));
    }

    @Override
    public void close() {
        toppingUp.shutdownNow();
    }

    @Override
    public String toString() {
        return "%d streams begun, %d came to their end"
                .formatted(
                        begun.size(), begun.stream().filter(Begun::cameToItsEnd).count());
    }
}
