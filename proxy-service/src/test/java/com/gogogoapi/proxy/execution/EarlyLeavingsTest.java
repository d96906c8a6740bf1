package com.gogogoapi.proxy.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EarlyLeavingsTest {

    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final Clock clock = Clock.systemUTC();
    private final EarlyLeavings leavings = new EarlyLeavings(2, clockOf(() -> now));
    private final AccountId account = new AccountId("acct_test");

    private static Clock clockOf(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void areFreeSoManyTimesInAnHourForEachAccount() {
        assertThat(leavings.isFree(account)).isTrue();
        now = now.plusSeconds(1_800);
        assertThat(leavings.isFree(account)).isTrue();
        assertThat(leavings.isFree(account)).isFalse();
        assertThat(leavings.isFree(new AccountId("acct_other"))).isTrue();
        now = now.plusSeconds(1_801);
        assertThat(leavings.isFree(account)).as("the first is an hour ago").isTrue();
        assertThat(leavings.isFree(account)).isFalse();
    }

    @Test
    void theirNumberHasBounds() {
        assertThat(new EarlyLeavings(0, clock).isFree(account)).isFalse();
        assertThatThrownBy(() -> new EarlyLeavings(-1, clock)).hasMessageContaining("must be from 0 to");
    }
}
