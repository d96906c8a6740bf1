package com.gogogoapi.acceptance.chaos;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.acceptance.ServiceProcess;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.fixtures.Authentic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What befalls proxies in the midst of long streams, every kind once before any comes again, in an order that the seed
 * decides. What each has to meet is waited for; after each all is whole again before the next.
 */
final class ProxyFaults {

    /** What can go wrong. */
    enum Kind {
        /** SIGTERM, with streams that cannot finish in time. */
        PROXY_STOPPED,
        /** {@code kill -9}, with streams that have been delivering for long. */
        PROXY_KILLED,
        /** Longer than any producer tries; what ends meanwhile is kept, and one of those who keep it is killed. */
        KAFKA_AWAY_AND_PROXY_KILLED
    }

    private static final Logger log = LoggerFactory.getLogger(ProxyFaults.class);

    /** Only ends a wait that nothing will end any more. */
    private static final Duration SOON = Duration.ofMinutes(4);

    private static final int FLOWING = 10;
    private static final int STREAMS_IN_QUESTION = 2;

    private final Cluster cluster;
    private final Proxies proxies;
    private final StreamLoad load;
    private final AccountId account;
    private final EventPublisher publisher;
    private final Random random;
    private final List<Kind> round = new ArrayList<>();
    private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);
    private int keptMeanwhile;

    ProxyFaults(Cluster cluster, Proxies proxies, StreamLoad load, String account, long seed) {
        this.cluster = cluster;
        this.proxies = proxies;
        this.load = load;
        this.account = new AccountId(account);
        this.publisher = cluster.kafka()
                .publisher(Clock.systemUTC(), "/chaos-test")
                .as(Authentic.secret(IntakeAuthor.PROXY_SERVICE));
        this.random = new Random(seed);
    }

    void next() throws Exception {
        if (round.isEmpty()) {
            round.addAll(Arrays.asList(Kind.values()));
            Collections.shuffle(round, random);
        }
        var kind = round.removeLast();
        var victim = proxies.alive().get(random.nextInt(Proxies.COUNT));
        log.info("{} of {}; {}", kind, victim, load);
        switch (kind) {
            case PROXY_STOPPED -> stopWhileStreamsCannotFinish(victim);
            case PROXY_KILLED -> killWhileStreamsAreLong(victim);
            case KAFKA_AWAY_AND_PROXY_KILLED -> takeKafkaAwayAndKill(victim);
        }
        proxies.startOne().ready();
        load.awaitNewStreamsEverywhere();
        happened.merge(kind, 1, Integer::sum);
    }

    private void stopWhileStreamsCannotFinish(ServiceProcess victim) throws InterruptedException {
        var pieces = 2 * Proxies.FINISH_WITHIN.dividedBy(StreamLoad.PIECE_EVERY);
        var tooLong = await(victim + " serves a stream that cannot finish in time")
                .atMost(SOON)
                .until(
                        () -> load.at(victim)
                                .filter(one -> one.isFlowing()
                                        && one.stream().pieces() > FLOWING
                                        && one.tokens() - one.stream().pieces() > pieces)
                                .findAny(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        victim.stop();
        assertThat(tooLong.stream().text())
                .as("the end of a stream that was cut off by SIGTERM")
                .satisfies(text -> assertThat(text.contains("\"code\":\"service_stopping\""))
                        .isTrue());
    }

    private void killWhileStreamsAreLong(ServiceProcess victim) {
        await(victim + " has been delivering for longer than the bound")
                .atMost(SOON)
                .until(() -> {
                    var before = Instant.now().minus(Delivered.BOUND);
                    return load.at(victim)
                                    .filter(one ->
                                            one.isFlowing() && one.stream().piecesUntil(before) > FLOWING)
                                    .count()
                            >= STREAMS_IN_QUESTION;
                });
        proxies.kill(victim);
    }

    private void takeKafkaAwayAndKill(ServiceProcess victim) throws Exception {
        // Who has sent something knows where to send to, and fails by the time for sending alone.
        publisher
                .toLedger(Authentic.OPERATOR.signed(aGrantOf(account, "0.01", "before " + happened)), null, null)
                .join();
        await("every proxy serves a stream").atMost(SOON).until(() -> proxies.alive().stream()
                .allMatch(proxy -> load.at(proxy).anyMatch(StreamLoad.Begun::isFlowing)));
        var running = load.all().stream().filter(StreamLoad.Begun::isFlowing).toList();
        cluster.takeKafkaAway();
        var sending = publisher.toLedger(
                Authentic.OPERATOR.signed(aGrantOf(account, "0.01", "never " + happened)), null, null);
        await("a producer like theirs gives up").atMost(SOON).until(sending::isCompletedExceptionally);
        await("every proxy has kept the end of a stream")
                .atMost(SOON)
                .until(() -> proxies.kept() > 0
                        && proxies.alive().stream().allMatch(proxy -> running.stream()
                                .anyMatch(one ->
                                        one.proxy() == proxy && one.stream().isOver())));
        keptMeanwhile += proxies.kept();
        proxies.kill(victim);
        cluster.bringKafkaBack();
    }

    /** Asserts that nothing of this is only on paper. */
    void assertAllHappened() {
        assertThat(happened).as("kinds of faults that happened").containsOnlyKeys(Kind.values());
        assertThat(keptMeanwhile)
                .as("ends of requests kept while Kafka was away")
                .isPositive();
    }

    @Override
    public String toString() {
        return "%s; %d ends kept while Kafka was away; %s".formatted(happened, keptMeanwhile, load);
    }
}
