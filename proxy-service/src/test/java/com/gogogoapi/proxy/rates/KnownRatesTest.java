package com.gogogoapi.proxy.rates;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.RateStanding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** What an instance tells and refuses by what the ledger said last. */
class KnownRatesTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final BudgetScope KEY = BudgetScope.ofKey(new UUID(7, 1));
    private static final BudgetScope MEMBER = BudgetScope.ofMember(new UUID(7, 2));
    private static final RateLimit FIVE = new RateLimit(KEY, 5L, null);

    private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(10).toNanos());
    private final KnownRates known = new KnownRates(nanos::get);

    /** All five were begun within 20 seconds, the last one now. */
    private static RateStanding full(RateLimit rate) {
        return new RateStanding(rate, 5, 1_000, NOON, NOON.plusSeconds(40), NOON.plusSeconds(60), NOON.plusSeconds(40));
    }

    private void learn(RateStanding... standings) {
        known.learn(List.of(standings), nanos.get());
    }

    private void after(Duration wait) {
        nanos.addAndGet(wait.toNanos());
    }

    private boolean isFull(RateLimit... rates) {
        return known.full(List.of(rates)).isPresent();
    }

    @Test
    void nobodyIsRefusedOfWhomNothingIsKnown() {
        assertThat(isFull(FIVE)).isFalse();
    }

    @Test
    void aFullMinuteIsRefusedUntilTheNextRequestFitsAndNotLonger() {
        learn(full(FIVE));
        assertThat(known.full(List.of(FIVE)).orElseThrow().opensIn()).isEqualTo(Duration.ofSeconds(40));
        after(Duration.ofSeconds(40).minusNanos(1));
        assertThat(isFull(FIVE)).isTrue();
        after(Duration.ofNanos(1));
        assertThat(isFull(FIVE)).as("asks again").isFalse();
    }

    @Test
    void theTimeIsCountedFromBeforeTheRequestWasDecided() {
        var asked = nanos.get();
        after(Duration.ofSeconds(3));
        known.learn(List.of(full(FIVE)), asked);
        after(Duration.ofSeconds(37));
        assertThat(isFull(FIVE)).isFalse();
    }

    @Test
    void aClockThatJumpedRefusesForAMinuteAtMost() {
        var nextDay = NOON.plus(Duration.ofDays(1));
        learn(new RateStanding(FIVE, 5, 0, NOON, nextDay, nextDay, nextDay));
        after(Duration.ofSeconds(59));
        assertThat(isFull(FIVE)).isTrue();
        after(Duration.ofSeconds(1));
        assertThat(isFull(FIVE)).isFalse();
    }

    @Test
    void aLimitThatWasRaisedIsAskedForAndOneThatWasLoweredIsNot() {
        learn(full(FIVE));
        assertThat(isFull(new RateLimit(KEY, 6L, null))).isFalse();
        assertThat(isFull(new RateLimit(KEY, 4L, null))).isTrue();
        assertThat(isFull()).as("without a rate").isFalse();
    }

    @Test
    void tokensAreAlwaysAskedForSinceTheyComeBack() {
        var tokens = new RateLimit(KEY, null, 1_000L);
        learn(new RateStanding(tokens, 1, 1_000, NOON, NOON.plusSeconds(60), NOON.plusSeconds(60), NOON));
        assertThat(isFull(tokens)).isFalse();
    }

    @Test
    void whatWasDecidedLaterCounts() {
        learn(full(FIVE));
        var before = NOON.minusSeconds(1);
        learn(new RateStanding(FIVE, 4, 0, before, before.plusSeconds(1), before.plusSeconds(2), before));
        assertThat(isFull(FIVE)).isTrue();
    }

    @Test
    void whatAllAreToldIsOfTheTightestAndInTheirDialect() {
        var ofKey = new RateLimit(KEY, 60L, 100_000L);
        var ofMember = new RateLimit(MEMBER, 10L, null);
        learn(
                new RateStanding(ofKey, 12, 4_000, NOON, NOON.plusSeconds(20), NOON.plusSeconds(60), NOON),
                new RateStanding(ofMember, 9, 4_000, NOON, NOON.plusSeconds(20), NOON.plusSeconds(50), NOON));
        var response = new MockHttpServletResponse();
        var headers = new RateHeaders(known, Clock.fixed(NOON.plusMillis(1), ZoneOffset.UTC));
        headers.write(response, RateLimitDialect.OPENAI, List.of(ofKey, ofMember));
        assertThat(response.getHeader("x-ratelimit-limit-requests")).isEqualTo("10");
        assertThat(response.getHeader("x-ratelimit-remaining-requests")).isEqualTo("1");
        assertThat(response.getHeader("x-ratelimit-reset-requests")).isEqualTo("50s");
        assertThat(response.getHeader("x-ratelimit-limit-tokens")).isEqualTo("100000");
        assertThat(response.getHeader("x-ratelimit-remaining-tokens")).isEqualTo("96000");
        assertThat(response.getHeader("x-ratelimit-reset-tokens")).isEqualTo("1m0s");
        assertThat(response.getHeader("RateLimit-Policy"))
                .isEqualTo("\"key-requests\";q=60;w=60, \"key-tokens\";q=100000;qu=\"tokens\";w=60,"
                        + " \"member-requests\";q=10;w=60");
        assertThat(response.getHeader("RateLimit"))
                .isEqualTo("\"key-requests\";r=48;t=20, \"key-tokens\";r=96000;t=20, \"member-requests\";r=1;t=20");

        var anthropic = new MockHttpServletResponse();
        headers.write(anthropic, RateLimitDialect.ANTHROPIC, List.of(ofKey, ofMember));
        assertThat(anthropic.getHeader("anthropic-ratelimit-requests-limit")).isEqualTo("10");
        assertThat(anthropic.getHeader("anthropic-ratelimit-requests-remaining"))
                .isEqualTo("1");
        assertThat(anthropic.getHeader("anthropic-ratelimit-requests-reset")).isEqualTo("2026-11-27T12:00:50Z");
        assertThat(anthropic.getHeader("anthropic-ratelimit-tokens-remaining")).isEqualTo("96000");
        assertThat(anthropic.getHeaderNames()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        learn(full(FIVE));
        after(Duration.ofMinutes(1));
        var response = new MockHttpServletResponse();
        new RateHeaders(known, Clock.systemUTC()).write(response, RateLimitDialect.OPENAI, List.of(FIVE));
        assertThat(response.getHeader("x-ratelimit-limit-requests")).isEqualTo("5");
        assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"key-requests\";q=5;w=60");
        assertThat(response.getHeaderNames()).doesNotContain("x-ratelimit-remaining-requests", "RateLimit");
    }
}
