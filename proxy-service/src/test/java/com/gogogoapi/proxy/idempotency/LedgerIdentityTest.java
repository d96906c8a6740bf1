package com.gogogoapi.proxy.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerIdentityTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final IdempotencyKey KEY = new IdempotencyKey(new AccountId("acct_1"), "k");

    private final LedgerIdentity identity = new LedgerIdentity(DAY);
    private final long today = identity.eraOf(NOON);

    @Test
    void itFollowsFromAccountKeyEraAndAttempt() {
        var id = identity.of(KEY, today, 1);
        assertThat(new LedgerIdentity(DAY).of(KEY, today, 1)).isEqualTo(id);
        assertThat(List.of(
                        identity.of(new IdempotencyKey(new AccountId("acct_2"), "k"), today, 1),
                        identity.of(new IdempotencyKey(KEY.account(), "l"), today, 1),
                        identity.of(KEY, today + 1, 1),
                        identity.of(KEY, today, 2)))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }

    /** So that it is looked for in the ledger's memory as those are that carry their time. */
    @Test
    void itIsATimeOrderedIdOfItsErasBeginning() {
        var id = identity.of(KEY, today, 1);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                .isEqualTo(Instant.parse("2026-11-27T00:00:00Z"));
    }

    /** Whenever the first came within a day before, by a clock that was right or minutes ahead: its era is among them. */
    @Test
    void theErasInUseHaveThatOfTheFirst() {
        for (var minute = 0; minute < DAY.toMinutes(); minute++) {
            var now = NOON.plus(Duration.ofMinutes(minute));
            var eras = identity.erasInUse(now);
            for (var before = -5; before <= DAY.toMinutes(); before += 5) {
                assertThat(eras).contains(identity.eraOf(now.minus(Duration.ofMinutes(before))));
            }
            assertThat(eras).hasSizeLessThanOrEqualTo(3);
        }
    }
}
