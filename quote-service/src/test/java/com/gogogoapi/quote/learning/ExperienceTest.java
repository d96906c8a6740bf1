package com.gogogoapi.quote.learning;

import static com.gogogoapi.fixtures.Events.reserved;
import static com.gogogoapi.fixtures.Events.settled;
import static com.gogogoapi.fixtures.Prices.everyTokenAt;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.expecting;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Route;
import com.gogogoapi.quote.learning.Experience.Learned;
import com.gogogoapi.quote.learning.Experience.LearnedFrom;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ExperienceTest {

    private static final String MODEL = "flash";
    private static final AccountId ANN = new AccountId("acct_ann");
    private static final AccountId BEN = new AccountId("acct_ben");
    /** A dollar per million tokens of any kind, so that a token costs a millionth. */
    private static final Route ONE = new Route(MODEL, "v1", everyTokenAt("1"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Experience experience = new Experience(meters);

    private void request(AccountId account, long limit, String expectedUsd, TokenUsage usage, Outcome outcome) {
        var hold = reserved(expecting(expectedUsd, aQuoteOf(ONE, account, newRequest(), 100, limit, NOON, NOON)));
        experience.learn(hold, settled(hold, outcome, usage));
    }

    private void completed(AccountId account, long limit, long completion) {
        request(account, limit, "0.0002", new TokenUsage(100, 0, completion), Outcome.COMPLETED);
    }

    @Test
    void nothingIsExpectedBeforeThereIsEnough() {
        for (var i = 0; i < Experience.ENOUGH_OF_ROUTE - 1; i++) {
            completed(new AccountId("acct_" + i), 1_000, 40);
        }
        assertThat(experience.expectedCompletion(ANN, MODEL)).isEmpty();
        completed(BEN, 1_000, 40);
        assertThat(experience.expectedCompletion(ANN, MODEL)).contains(new Learned(40, LearnedFrom.ROUTE));
        assertThat(experience.expectedCompletion(ANN, "other")).isEmpty();
    }

    @Test
    void anAccountsOwnCompletionsCountWhereThereIsEnoughOfThem() {
        for (var i = 0; i < 100; i++) {
            completed(BEN, 1_000, 40);
        }
        for (var i = 0; i < Experience.ENOUGH_OF_ACCOUNT; i++) {
            assertThat(experience.expectedCompletion(ANN, MODEL)).contains(new Learned(40, LearnedFrom.ROUTE));
            completed(ANN, 1_000, 20);
        }
        assertThat(experience.expectedCompletion(ANN, MODEL)).contains(new Learned(20, LearnedFrom.ACCOUNT));
    }

    @Test
    void theLimitIsLearnedFromTheLongOnesAndFromMoreRequests() {
        for (var i = 0; i < Experience.ENOUGH_OF_ROUTE_FOR_LIMIT; i++) {
            assertThat(experience.longestLikelyCompletion(ANN, MODEL)).isEmpty();
            completed(new AccountId("acct_" + i), 1_000, i == 7 ? 63 : 10);
        }
        assertThat(experience.longestLikelyCompletion(ANN, MODEL)).contains(new Learned(63, LearnedFrom.ROUTE));
    }

    @Test
    void requestsThatEndedAtTheirLimitTeachNoLimit() {
        for (var i = 0; i < 2_000; i++) {
            completed(ANN, 16, 16);
        }
        assertThat(experience.expectedCompletion(ANN, MODEL)).isEmpty();
        assertThat(experience.longestLikelyCompletion(ANN, MODEL)).isEmpty();
    }

    @Test
    void accuracyIsOfTheCostAgainstWhatWasExpectedAndHeld() {
        // Expected 200 millionths; costs 200, 160 and 400 of a hold of 500: off by 0, a quarter and a half.
        request(ANN, 400, "0.0002", new TokenUsage(100, 0, 100), Outcome.COMPLETED);
        request(ANN, 400, "0.0002", new TokenUsage(100, 0, 60), Outcome.COMPLETED);
        request(ANN, 400, "0.0002", new TokenUsage(100, 0, 300), Outcome.CLIENT_LEFT);
        // And one above its hold, at 1,000 instead of 200: off by four fifths.
        request(ANN, 400, "0.0002", new TokenUsage(600, 0, 400), Outcome.COMPLETED);

        var accuracy = experience.accuracy().getFirst();
        assertThat(accuracy.requests()).isEqualTo(4);
        assertThat(accuracy.withExpectation()).isEqualTo(4);
        assertThat(accuracy.medianError()).isBetween(new BigDecimal("0.25"), new BigDecimal("0.26"));
        assertThat(accuracy.p95Error()).isBetween(new BigDecimal("0.8"), new BigDecimal("0.83"));
        assertThat(accuracy.aboveHold()).isEqualByComparingTo("0.25");
        // Of 500: 300, 340, 100 and nothing came back.
        assertThat(accuracy.holdReturned()).isEqualByComparingTo("0.37");
        assertThat(meters.get("gogogoapi.quote.above.hold.share")
                        .tag("model", MODEL)
                        .gauge()
                        .value())
                .isEqualTo(0.25);
    }

    @Test
    void promptsAreHeldForAsTheUpstreamTurnsOutToCountThem() {
        for (var i = 0; i < Experience.ENOUGH_OF_ROUTE_FOR_LIMIT; i++) {
            assertThat(experience.promptBound(MODEL, 1_000)).isEqualTo(1_000);
            request(ANN, 400, "0.0002", new TokenUsage(120, 0, 10), Outcome.COMPLETED);
        }
        assertThat(experience.promptBound(MODEL, 1_000)).isBetween(1_200L, 1_240L);
    }

    @Test
    void oneStrangeCountAmongManyIsNoReasonToHoldMore() {
        for (var i = 0; i < 2_000; i++) {
            request(ANN, 400, "0.0002", new TokenUsage(i == 5 ? 1_000 : 100, 0, 10), Outcome.COMPLETED);
        }
        assertThat(experience.promptBound(MODEL, 1_000)).isEqualTo(1_000);
    }
}
