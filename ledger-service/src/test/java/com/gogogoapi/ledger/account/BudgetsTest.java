package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.fixtures.Requests.within;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.RateStanding;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A request of 1,000 completion tokens and none of a prompt is held for $0.00028. */
class BudgetsTest {

    private static final Usd ONE = usd("0.00028");
    private static final RequestedBy KEY = RequestedBy.key(new UUID(7, 1));
    private static final BudgetScope OF_KEY = BudgetScope.ofKey(KEY.keyId());
    private static final BudgetScope OF_ACCOUNT = BudgetScope.ofAccount(ACCOUNT);
    private static final Duration A_DAY = Duration.ofDays(1);

    private AccountState state = accountWith("5.00");

    private static Limits budget(BudgetScope scope, BudgetWindow window, String usd) {
        return new Limits(List.of(new Budget(scope, window, usd(usd), false)), List.of());
    }

    private static QuoteRequested asked(UUID request, Limits limits, Instant at) {
        return within(limits, askedBy(KEY, aQuoteOf(ACCOUNT, request, 0, 1_000, at.plusSeconds(30))));
    }

    private LedgerEvent happens(UUID request, Limits limits, Instant at) {
        var event = eventOf(RULES.decide(state, asked(request, limits, at), at, null));
        state = state.evolve(event);
        return event;
    }

    private LedgerEvent ends(UUID request, long tokens, Instant at) {
        var event = eventOf(RULES.decide(state, theCompletionOf(request, usage(0, 0, tokens)), at, null));
        state = state.evolve(event);
        return event;
    }

    private static CreditRefused refused(LedgerEvent event) {
        assertThat(event).isInstanceOf(CreditRefused.class);
        return (CreditRefused) event;
    }

    @Test
    void whatIsHeldCountsUntilItIsSpent() {
        var two = budget(OF_KEY, BudgetWindow.DAY, "0.00056");
        var first = newRequest();
        assertThat(happens(first, two, NOON)).isInstanceOf(CreditReserved.class);
        assertThat(happens(newRequest(), two, NOON)).isInstanceOf(CreditReserved.class);

        var refusal = refused(happens(newRequest(), two, NOON));
        assertThat(refusal.reason()).isEqualTo(RefusalReason.BUDGET_EXCEEDED);
        assertThat(refusal.budget().spentUsd()).isEqualTo(Usd.ZERO);
        assertThat(refusal.budget().heldUsd()).isEqualTo(usd("0.00056"));
        assertThat(refusal.budget().leftUsd()).isEqualTo(Usd.ZERO);
        assertThat(refusal.budget().resetsAt()).contains(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(refusal.requiredUsd()).isEqualTo(ONE);

        ends(first, 500, NOON.plusSeconds(1));
        var after = refused(happens(newRequest(), two, NOON.plusSeconds(2))).budget();
        assertThat(after.spentUsd()).isEqualTo(usd("0.00014"));
        assertThat(after.heldUsd()).isEqualTo(ONE);
        assertThat(after.leftUsd()).isEqualTo(usd("0.00014"));
    }

    @Test
    void aReleasedHoldCountsNoMore() {
        var one = budget(OF_ACCOUNT, BudgetWindow.TOTAL, "0.00028");
        var request = newRequest();
        happens(request, one, NOON);
        refused(happens(newRequest(), one, NOON));
        var over = NOON.plus(Accounts.POLICY.lifetime());
        state = state.evolve(eventOf(RULES.decide(state, new HoldExpiryDue(ACCOUNT, request, over), over, null)));
        assertThat(happens(newRequest(), one, over)).isInstanceOf(CreditReserved.class);
    }

    @Test
    void aBudgetThatIsSetLaterCountsWhatWasSpentBefore() {
        for (var i = 0; i < 3; i++) {
            var request = newRequest();
            happens(request, Limits.NONE, NOON);
            ends(request, 1_000, NOON);
        }
        assertThat(refused(happens(newRequest(), budget(OF_KEY, BudgetWindow.MONTH, "0.001"), NOON))
                        .budget()
                        .spentUsd())
                .isEqualTo(usd("0.00084"));
        assertThat(happens(newRequest(), budget(OF_KEY, BudgetWindow.MONTH, "0.00112"), NOON))
                .isInstanceOf(CreditReserved.class);
    }

    @Test
    void aChargeCountsInTheWindowOfItsHold() {
        var one = budget(OF_KEY, BudgetWindow.DAY, "0.00028");
        var beforeMidnight = Instant.parse("2026-11-23T23:59:59.999Z");
        var midnight = Instant.parse("2026-11-24T00:00:00Z");
        var request = newRequest();
        happens(request, one, beforeMidnight);
        refused(happens(newRequest(), one, beforeMidnight));
        var next = newRequest();
        assertThat(happens(next, one, midnight)).isInstanceOf(CreditReserved.class);
        ends(request, 1_000, midnight.plusSeconds(1));
        ends(next, 0, midnight.plusSeconds(2));
        assertThat(happens(newRequest(), one, midnight.plusSeconds(3))).isInstanceOf(CreditReserved.class);
    }

    @Test
    void aClockThatJumpsBackBeginsNoDayAgain() {
        var one = budget(OF_KEY, BudgetWindow.DAY, "0.00028");
        happens(newRequest(), one, NOON.plus(A_DAY));
        var refusal = refused(happens(newRequest(), one, NOON));
        assertThat(refusal.budget().resetsAt()).contains(Instant.parse("2026-11-25T00:00:00Z"));
    }

    @Test
    void theTightestOfSeveralDecidesAndAWarningRefusesNothing() {
        var limits = new Limits(
                List.of(
                        new Budget(OF_ACCOUNT, BudgetWindow.MONTH, usd("1.00"), false),
                        new Budget(OF_KEY, BudgetWindow.WEEK, usd("0.0001"), true),
                        new Budget(OF_KEY, BudgetWindow.DAY, usd("0.0003"), false)),
                List.of());
        assertThat(happens(newRequest(), limits, NOON)).isInstanceOf(CreditReserved.class);
        assertThat(refused(happens(newRequest(), limits, NOON))
                        .budget()
                        .budget()
                        .window())
                .isEqualTo(BudgetWindow.DAY);
    }

    @Test
    void aLateChargeCountsForTheScopesOfItsHold() {
        var request = newRequest();
        var hold = (CreditReserved) happens(request, Limits.NONE, NOON);
        var over = NOON.plus(Accounts.POLICY.lifetime());
        var expired = eventOf(RULES.decide(state, new HoldExpiryDue(ACCOUNT, request, over), over, null));
        state = state.evolve(expired);
        var late = (CreditSettled) eventOf(RULES.decide(
                state, theCompletionOf(request, usage(0, 0, 1_000)), over.plusSeconds(1), List.of(hold, expired)));
        assertThat(late.scopes()).containsExactlyInAnyOrder(OF_KEY, OF_ACCOUNT);
        state = state.evolve(late);
        assertThat(refused(happens(newRequest(), budget(OF_KEY, BudgetWindow.DAY, "0.0005"), over.plusSeconds(2)))
                        .budget()
                        .spentUsd())
                .isEqualTo(ONE);
    }

    @Test
    void noSixtySecondsHoldMoreThanARate() {
        var limits = new Limits(List.of(), List.of(new RateLimit(OF_KEY, 2L, null)));
        happens(newRequest(), limits, NOON);
        happens(newRequest(), limits, NOON.plusSeconds(30));
        var tooSoon = tooSoon(limits, NOON.plusSeconds(59));
        assertThat(tooSoon.used()).isEqualTo(2);
        assertThat(tooSoon.retryAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(happens(newRequest(), limits, NOON.plusSeconds(60))).isInstanceOf(CreditReserved.class);
        assertThat(tooSoon(limits, NOON.plusSeconds(61)).retryAt()).isEqualTo(NOON.plusSeconds(90));
    }

    @Test
    void tokensCountAsHeldAndThenAsUsed() {
        var limits = new Limits(List.of(), List.of(new RateLimit(OF_KEY, null, 1_500L)));
        var request = newRequest();
        happens(request, limits, NOON);
        assertThat(tooSoon(limits, NOON.plusSeconds(1)).measure()).isEqualTo(RateExceeded.Measure.TOKENS);
        ends(request, 500, NOON.plusSeconds(2));
        assertThat(happens(newRequest(), limits, NOON.plusSeconds(3))).isInstanceOf(CreditReserved.class);
        var never = new Limits(List.of(), List.of(new RateLimit(OF_KEY, null, 999L)));
        assertThat(tooSoon(never, NOON.plus(A_DAY)).retryAt()).isNull();
    }

    @Test
    void howARateStandsIsToldWithADecision() {
        var rate = new RateLimit(OF_KEY, 2L, 5_000L);
        var limits = new Limits(List.of(), List.of(rate));
        assertThat(standing(rate, NOON)).isEqualTo(new RateStanding(rate, 0, 0, NOON, NOON, NOON, NOON));
        happens(newRequest(), limits, NOON);
        var second = NOON.plusMillis(30_500);
        happens(newRequest(), limits, second);
        assertThat(standing(rate, second))
                .isEqualTo(new RateStanding(
                        rate, 2, 2_000, second, NOON.plusSeconds(60), NOON.plusSeconds(90), NOON.plusSeconds(60)));
        var later = NOON.plusSeconds(60);
        assertThat(standing(rate, later))
                .isEqualTo(new RateStanding(rate, 1, 1_000, later, NOON.plusSeconds(90), NOON.plusSeconds(90), later));
    }

    private RateStanding standing(RateLimit rate, Instant at) {
        return state.limited().rates().standings(List.of(rate), at).getFirst();
    }

    private RateExceeded tooSoon(Limits limits, Instant at) {
        var decision = RULES.decide(state, asked(newRequest(), limits, at), at, null);
        assertThat(decision).isInstanceOf(Decision.TooSoon.class);
        return ((Decision.TooSoon) decision).answer();
    }
}
