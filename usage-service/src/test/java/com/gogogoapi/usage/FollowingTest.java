package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong with a shard is seen, and nothing is made of what comes after it. */
@Tag("integration")
class FollowingTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Instant FROM = Instant.parse("2026-05-01T00:00:00Z");

    private static final Database DATABASE = Infrastructure.shared().newDatabase("usage_following");

    private static RunningUsage usage;

    @BeforeAll
    static void start() {
        usage = RunningUsage.start(DATABASE);
    }

    @AfterAll
    static void stop() {
        usage.close();
    }

    private static List<Made> history(int shard) {
        return MadeHistory.of(
                shard,
                List.of(new Account(new AccountId("acct_following_" + shard), shard)),
                20,
                FROM,
                FROM.plusSeconds(86_400));
    }

    private static void awaitHealth(String what) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(usage.health().toString()).contains(what));
    }

    @Test
    void aMissingEventHoldsUpThoseAfterItUntilItComes() {
        var history = history(4);
        RunningUsage.publish(history.subList(0, 5));
        RunningUsage.publish(history.subList(6, history.size()));
        usage.awaitSequence(4, 5);
        awaitHealth("event 6 is missing, and " + (history.size() - 6) + " after it wait");
        assertThat(usage.sequenceOf(4)).isEqualTo(5);

        RunningUsage.publish(history.subList(5, 6));
        usage.awaitSequence(4, history.size());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(usage.health().toString()).doesNotContain("event 6 is missing"));
    }

    @Test
    void anEventThatIsTwoDifferentOnesStopsItsShard() {
        var history = history(5);
        RunningUsage.publish(history.subList(0, 5));
        usage.awaitSequence(5, 5);
        RunningUsage.publish(List.of(new Made(5, 5, history.get(7).event())));
        awaitHealth("event 5 of shard 5 was published again, and differently");
        RunningUsage.publish(history.subList(5, 8));
        assertThat(usage.sequenceOf(5)).isEqualTo(5);

        // Who begins after it remembers nothing of what was before, and stops all the same.
        usage.close();
        usage = RunningUsage.start(DATABASE);
        awaitHealth("event 5 of shard 5 was published again, and differently");
        assertThat(usage.sequenceOf(5)).isEqualTo(5);

        // Who reads all of it finds it again.
        usage.rebuild();
        awaitHealth("event 5 of shard 5 was published again, and differently");
        await().atMost(SOON).untilAsserted(() -> assertThat(usage.sequenceOf(5)).isEqualTo(5));
    }

    @Test
    void anEventThatCannotBeReadStopsItsShard() {
        var history = history(6);
        RunningUsage.publish(history.subList(0, 3));
        RunningUsage.publishNonsense(6, 4);
        RunningUsage.publish(history.subList(4, 6));
        awaitHealth("offset 3 of shard 6 cannot be read");
        assertThat(usage.sequenceOf(6)).isEqualTo(3);
    }

    @Test
    void repeatsOfAllThatWasReadChangeNothing() {
        var history = history(7);
        RunningUsage.publish(history);
        usage.awaitSequence(7, history.size());
        var before = usage.get("acct_following_7", "/activity?from=2026-05-01&to=2026-06-01")
                .toString();
        RunningUsage.publish(history);
        RunningUsage.publish(List.of(new Made(
                7,
                history.size() + 1,
                MadeHistory.of(8, List.of(new Account(new AccountId("acct_other"), 7)), 1, FROM, FROM.plusSeconds(1))
                        .getFirst()
                        .event())));
        usage.awaitSequence(7, history.size() + 1);
        assertThat(usage.get("acct_following_7", "/activity?from=2026-05-01&to=2026-06-01")
                        .path("data")
                        .toString())
                .isNotEqualTo("[]")
                .satisfies(data -> assertThat(before).contains(data));
    }
}
