package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.ledger.account.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.GrantPriority;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grants are consumed by priority, then age; the consumption is recorded, and what is left of all is the account's credit. */
class GrantLotsTest {

    private static GrantRequested grant(String usd, String reference, @Nullable Integer priority) {
        return grant(usd, reference, priority, null);
    }

    private static GrantRequested grant(
            String usd, String reference, @Nullable Integer priority, @Nullable Instant expiresAt) {
        return Fixtures.grant(usd, reference, priority, expiresAt);
    }

    private static UUID id(String reference) {
        return GrantRequested.requestIdOf(ACCOUNT, reference);
    }

    /** A charge of so many output tokens at 0.28 a million. */
    private static CreditSettled charge(AccountState state, long tokens) {
        var request = newRequest();
        var held = apply(state, quote(request, tokens));
        return (CreditSettled)
                eventOf(CreditDecisions.decide(held, completed(request, usage(0, 0, tokens)), NOON, POLICY, null));
    }

    private static AccountState granted(AccountState state, GrantRequested grant) {
        return state.evolve(eventOf(CreditDecisions.decide(state, grant, NOON, POLICY, List.of())));
    }

    private static Usd left(AccountState state) {
        return state.lots().open().values().stream().map(GrantLots.Lot::leftUsd).reduce(Usd.ZERO, Usd::plus);
    }

    @Test
    void consumesByPriorityThenAge() {
        var state = AccountState.NEW;
        state = apply(state, grant("0.28", "usual", null));
        state = apply(state, grant("0.28", "last", 500));
        state = apply(state, grant("0.28", "first", 0));
        state = apply(state, grant("0.28", "usual and younger", GrantPriority.USUAL));

        assertThat(charge(state, 3_500_000).consumed())
                .containsExactly(
                        new GrantConsumed(id("first"), usd("0.28")),
                        new GrantConsumed(id("usual"), usd("0.28")),
                        new GrantConsumed(id("usual and younger"), usd("0.28")),
                        new GrantConsumed(id("last"), usd("0.14")));
    }

    @Test
    void aHoldConsumesNothingAndAGrantWhileItIsHeldCanPayForIt() {
        var request = newRequest();
        var held = apply(apply(AccountState.NEW, grant("0.28", "usual", null)), quote(request, 1_000_000));
        assertThat(left(held)).isEqualTo(usd("0.28"));

        var state = apply(held, grant("0.10", "first", 1));
        var settled = (CreditSettled)
                eventOf(CreditDecisions.decide(state, completed(request, usage(0, 0, 1_000_000)), NOON, POLICY, null));
        assertThat(settled.consumed())
                .containsExactly(
                        new GrantConsumed(id("first"), usd("0.10")), new GrantConsumed(id("usual"), usd("0.18")));
    }

    @Test
    void whatIsFreeConsumesNothingAndSaysNothing() {
        var request = newRequest();
        var held = apply(accountWith("5.00"), quote(request, 1_000));
        var free = eventOf(CreditDecisions.decide(held, completed(request, usage(0, 0, 0)), NOON, POLICY, null));
        assertThat(new String(EventJson.write(free), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("burned");
    }

    @Test
    void whatWasRecordedAppliesAlsoWhereTheRuleWouldChooseOtherwise() {
        var state = apply(apply(AccountState.NEW, grant("0.28", "older", null)), grant("0.28", "younger", null));
        var lots = state.lots().consumed(List.of(new GrantConsumed(id("younger"), usd("0.10"))), usd("0.10"));
        assertThat(lots.open().values())
                .containsExactly(
                        new GrantLots.Lot(id("older"), usd("0.28"), 0),
                        new GrantLots.Lot(id("younger"), usd("0.18"), 0));
    }

    @Test
    void aRecordedConsumptionThatCannotBeIsABrokenLog() {
        var lots = accountWith("0.28").lots();
        assertThatThrownBy(() -> lots.consumed(List.of(new GrantConsumed(id("opening"), usd("0.10"))), usd("0.11")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lots.consumed(List.of(new GrantConsumed(id("opening"), usd("0.29"))), usd("0.29")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lots.consumed(List.of(new GrantConsumed(id("nobody's"), usd("0.10"))), usd("0.10")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void openLotsAreBoundedAndNoMoneyIsTurnedAway() {
        var state = AccountState.NEW;
        for (var i = 0; i < GrantLots.MAX_OPEN + 5; i++) {
            state = granted(state, grant("0.01", "grant " + i, null));
        }
        assertThat(state.lots().open()).hasSize(GrantLots.MAX_OPEN);
        assertThat(state.lots().open().lastEntry().getValue())
                .isEqualTo(new GrantLots.Lot(id("grant " + (GrantLots.MAX_OPEN - 1)), usd("0.06"), 0));
        assertThat(left(state)).isEqualTo(state.balance().availableUsd());

        var urgent = granted(state, grant("0.01", "of a priority that has no lot yet", 0));
        assertThat(urgent.lots().open()).hasSize(GrantLots.MAX_OPEN + 1);
    }

    @Test
    void whatExpiresSoonerIsConsumedFirstWithinItsPriority() {
        var state = AccountState.NEW;
        state = apply(state, grant("0.01", "never", null));
        state = apply(state, grant("0.01", "late", null, NOON.plusSeconds(20)));
        state = apply(state, grant("0.01", "soon", null, NOON.plusSeconds(10)));
        state = apply(state, grant("0.01", "soon and younger", null, NOON.plusSeconds(10)));
        state = apply(state, grant("0.01", "first, and never", 0));
        assertThat(state.lots().open().values())
                .extracting(GrantLots.Lot::grantId)
                .containsExactly(id("first, and never"), id("soon"), id("soon and younger"), id("late"), id("never"));
    }

    @Test
    void grantsThatExpireNeverJoinAndTheOneTooManyIsRefused() {
        var state = AccountState.NEW;
        for (var i = 0; i < GrantLots.MAX_OPEN; i++) {
            state = granted(state, grant("0.01", "paid " + i, null));
        }
        for (var i = 0; i < GrantLots.MAX_EXPIRING; i++) {
            state = granted(state, grant("0.01", "promotion " + i, null, NOON.plusSeconds(60)));
        }
        assertThat(state.lots().open()).hasSize(GrantLots.MAX_OPEN + GrantLots.MAX_EXPIRING);

        var refused = eventOf(CreditDecisions.decide(
                state, grant("0.01", "too many", null, NOON.plusSeconds(60)), NOON, POLICY, List.of()));
        assertThat(refused).isInstanceOfSatisfying(CreditRefused.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_MANY_EXPIRING_GRANTS);
            assertThat(refusal.requiredUsd()).isEqualTo(usd("0.01"));
        });
        assertThat(state.evolve(refused).balance()).isEqualTo(state.balance());

        // Money that was paid joins as ever, and counts no promotion.
        var paid = granted(state, grant("0.01", "paid and joined", null));
        assertThat(paid.lots().open()).hasSameSizeAs(state.lots().open());
        assertThat(paid.lots().open().lastEntry().getValue())
                .isEqualTo(new GrantLots.Lot(id("paid " + (GrantLots.MAX_OPEN - 1)), usd("0.02"), 0));
    }
}
