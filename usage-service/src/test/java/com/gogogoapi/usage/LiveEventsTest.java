package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events as they come, from either of two instances, with nothing missed that is not said to be. */
@Tag("integration")
class LiveEventsTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int BEGUN = 10;
    private static final Instant FROM = Instant.parse("2026-05-01T00:00:00Z");

    private static final Database DATABASE = Infrastructure.shared().newDatabase("usage_live");

    private static RunningUsage usage;
    private static RunningUsage another;

    @BeforeAll
    static void start() {
        usage = RunningUsage.start(
                DATABASE, "--gogogoapi.usage.live.recent-events=30", "--gogogoapi.usage.live.streams-per-account=2");
        another = RunningUsage.start(DATABASE, "--gogogoapi.usage.live.heartbeat=100ms");
    }

    @AfterAll
    static void stop() {
        another.close();
        usage.close();
    }

    private static String account(int shard) {
        return "acct_live_" + shard;
    }

    /** Of an account and, between its events, another one. */
    private static List<Made> history(int shard, int requests) {
        return MadeHistory.of(
                shard,
                List.of(
                        new Account(new AccountId(account(shard)), shard),
                        new Account(new AccountId(account(shard) + "_other"), shard)),
                requests,
                FROM,
                FROM.plusSeconds(86_400));
    }

    private static List<Long> own(List<Made> events) {
        return events.stream()
                .filter(made -> !made.event().accountId().value().endsWith("_other"))
                .map(Made::sequence)
                .toList();
    }

    /** The first events are read by the read model, so that it says where the account's are. */
    private static List<Made> begun(int shard, int requests) {
        var history = history(shard, requests);
        RunningUsage.publish(history.subList(0, BEGUN));
        usage.awaitSequence(shard, BEGUN);
        assertThat(own(history.subList(0, BEGUN))).isNotEmpty();
        return history;
    }

    private static Map<String, String> as(int shard, String... more) {
        var headers = new HashMap<>(Map.of("gogogoapi-account", account(shard)));
        for (var i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    /** An instance may be later than the read model by a few events. */
    private static int readyAfter(EventReader follower) {
        return follower.awaitFirst("ready").path("sequence").asInt();
    }

    private static void awaitTold(EventReader follower, List<Long> sequences) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(follower.sequences("ledger")).isEqualTo(sequences));
    }

    @Test
    void bothInstancesTellEachEventOnce() {
        var history = begun(13, 20);
        try (var first = usage.follow(as(13));
                var second = another.follow(as(13))) {
            var fromFirst = readyAfter(first);
            var fromSecond = readyAfter(second);
            RunningUsage.publish(history.subList(8, 30));
            awaitTold(first, own(history.subList(fromFirst, 30)));
            awaitTold(second, own(history.subList(fromSecond, 30)));
            assertThat(first.sequences("resync")).isEmpty();
            var told = first.data("ledger").getFirst();
            var event = history.get((int) told.path("sequence").asLong() - 1).event();
            assertThat(told.path("request_id").asString())
                    .isEqualTo(event.requestId().toString());
            assertThat(told.path("at").asString()).isEqualTo(event.decidedAt().toString());
            await().atMost(SOON).until(() -> second.heartbeats() > 3);
        }
    }

    @Test
    void whoComesBackGetsWhatCameSinceAndIsToldWhereThatIsGone() {
        var history = begun(14, 60);
        try (var first = usage.follow(as(14))) {
            var from = readyAfter(first);
            RunningUsage.publish(history.subList(BEGUN, 20));
            awaitTold(first, own(history.subList(from, 20)));
        }
        try (var back = usage.follow(as(14, "Last-Event-ID", "12"))) {
            assertThat(readyAfter(back)).isEqualTo(12);
            awaitTold(back, own(history.subList(12, 20)));
            RunningUsage.publish(history.subList(20, 60));
            awaitTold(back, own(history.subList(12, 60)));
            assertThat(back.sequences("resync")).isEmpty();
        }
        try (var late = usage.follow(as(14, "Last-Event-ID", "12"))) {
            assertThat(late.awaitFirst("resync").path("sequence").asLong()).isGreaterThan(12);
            assertThat(late.sequences("ledger")).isEmpty();
        }
        assertThat(usage.send("GET", "/internal/events", as(14, "Last-Event-ID", "x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whereAnEventIsMissingWhoFollowsIsTold() {
        var history = begun(2, 20);
        try (var follower = usage.follow(as(2))) {
            var expected = new ArrayList<>(own(history.subList(readyAfter(follower), BEGUN)));
            expected.addAll(own(history.subList(12, 18)));
            RunningUsage.publish(history.subList(12, 18));
            awaitTold(follower, expected);
            assertThat(follower.sequences("resync")).containsExactly(13L);
        }
        RunningUsage.publish(history.subList(BEGUN, 12));
    }

    /** What it decided before an instance began never comes there, and the read model does not have it yet. */
    @Test
    void whoFollowsAnInstanceThatHasJustBegunIsToldOfWhatItHasNot() throws SQLException {
        var history = begun(15, 20);
        try (var connection =
                        DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery("select * from followed_shard where shard = 15 for update");
            RunningUsage.publish(history.subList(BEGUN, 15));
            try (var late = RunningUsage.start(DATABASE);
                    var follower = late.follow(as(15))) {
                await().atMost(SOON).untilAsserted(() -> assertThat(follower.sequences("ready", "resync"))
                        .as("up to where to ask anew")
                        .contains(15L));
                assertThat(late.sequenceOf(15)).as("the read model").isEqualTo(BEGUN);
                connection.rollback();
            }
        }
    }

    @Test
    void aDeveloperSeesHisOwn() {
        var history = begun(3, 60);
        var member = new UUID(0x7002L, 1L << 63 | 1);
        var own = history.stream()
                .map(Made::event)
                .filter(CreditReserved.class::isInstance)
                .map(CreditReserved.class::cast)
                .filter(hold -> hold.accountId().value().equals(account(3)))
                .filter(hold -> hold.requestedBy() != null
                        && member.equals(hold.requestedBy().memberId()))
                .map(hold -> hold.requestId().toString())
                .collect(Collectors.toSet());
        // Some began before he follows.
        RunningUsage.publish(history.subList(BEGUN, 40));
        usage.awaitSequence(3, 40);
        try (var developer =
                usage.follow(as(3, "gogogoapi-role", "developer", "gogogoapi-member", member.toString()))) {
            var expected = history.subList(readyAfter(developer), history.size()).stream()
                    .filter(made -> own.contains(made.event().requestId().toString()))
                    .map(Made::sequence)
                    .toList();
            assertThat(expected).isNotEmpty();
            RunningUsage.publish(history.subList(40, history.size()));
            awaitTold(developer, expected);
        }
    }

    @Test
    void anAccountHasSoManyStreamsAndTheyEnd() {
        try (var first = usage.follow(as(9));
                var second = usage.follow(as(9))) {
            first.awaitFirst("ready");
            second.awaitFirst("ready");
            var refused = usage.send("GET", "/internal/events", as(9));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("too_many_streams");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(usage.send("GET", "/internal/events?seconds=1", as(8)).body())
                    .contains("event: ready");
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        usage.send("GET", "/internal/events?seconds=1", as(9)).statusCode())
                .isEqualTo(200));
        for (var wrong : Set.of("0", "3601", "x")) {
            assertThat(usage.send("GET", "/internal/events?seconds=" + wrong, as(9))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aServiceThatStopsEndsItsStreams() {
        var stopping = RunningUsage.start(DATABASE);
        try (var follower = stopping.follow(as(10))) {
            follower.awaitFirst("ready");
            stopping.close();
            await().atMost(SOON).until(follower::isOver);
        }
    }
}
