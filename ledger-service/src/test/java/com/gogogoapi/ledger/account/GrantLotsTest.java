package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.ofPriority;
import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Grants.idOfGrant;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.GrantPriority;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grants are consumed by priority, then age; the consumption is recorded, and what is left of all is the account's credit. */
class GrantLotsTest {

    /** A charge of so many output tokens at 0.28 a million. */
    private static CreditSettled charge(AccountState state, long tokens) {
        var request = newRequest();
        var held = apply(state, aQuoteOf(request, tokens));
        return (CreditSettled) eventOf(held, theCompletionOf(request, usage(0, 0, tokens)), NOON);
    }

    private static AccountState granted(AccountState state, GrantRequested grant) {
        return state.evolve(eventOf(RULES.decide(state, grant, NOON, List.of())));
    }

    private static Usd left(AccountState state) {
        return state.lots().open().values().stream().map(GrantLots.Lot::leftUsd).reduce(Usd.ZERO, Usd::plus);
    }

    @Test
    void consumesByPriorityThenAge() {
        var state = AccountState.NEW;
        state = apply(state, aGrantOf("0.28", "usual"));
        state = apply(state, aGrantOf("0.28", "last", ofPriority(500)));
        state = apply(state, aGrantOf("0.28", "first", ofPriority(0)));
        state = apply(state, aGrantOf("0.28", "usual and younger", ofPriority(GrantPriority.USUAL)));

        assertThat(charge(state, 3_500_000).consumed())
                .containsExactly(
                        consumed(idOfGrant("first"), "0.28"),
                        consumed(idOfGrant("usual"), "0.28"),
                        consumed(idOfGrant("usual and younger"), "0.28"),
                        consumed(idOfGrant("last"), "0.14"));
    }

    @Test
    void aHoldConsumesNothingAndAGrantWhileItIsHeldCanPayForIt() {
        var request = newRequest();
        var held = apply(apply(AccountState.NEW, aGrantOf("0.28", "usual")), aQuoteOf(request, 1_000_000));
        assertThat(left(held)).isEqualTo(usd("0.28"));

        var state = apply(held, aGrantOf("0.10", "first", ofPriority(1)));
        var settled = (CreditSettled) eventOf(state, theCompletionOf(request, usage(0, 0, 1_000_000)), NOON);
        assertThat(settled.consumed())
                .containsExactly(consumed(idOfGrant("first"), "0.10"), consumed(idOfGrant("usual"), "0.18"));
    }

    @Test
    void whatIsFreeConsumesNothingAndSaysNothing() {
        var request = newRequest();
        var held = apply(accountWith("5.00"), aQuoteOf(request, 1_000));
        var free = eventOf(held, theCompletionOf(request, usage(0, 0, 0)), NOON);
        assertThat(new String(EventJson.write(free), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("burned");
    }

    @Test
    void whatWasRecordedAppliesAlsoWhereTheRuleWouldChooseOtherwise() {
        var state = apply(apply(AccountState.NEW, aGrantOf("0.28", "older")), aGrantOf("0.28", "younger"));
        var lots = state.lots().consumed(List.of(consumed(idOfGrant("younger"), "0.10")), usd("0.10"));
        assertThat(lots.open().values())
                .containsExactly(
                        new GrantLots.Lot(idOfGrant("older"), usd("0.28"), 0),
                        new GrantLots.Lot(idOfGrant("younger"), usd("0.18"), 0));
    }

    @Test
    void aRecordedConsumptionThatCannotBeIsABrokenLog() {
        var lots = accountWith("0.28").lots();
        assertThatThrownBy(() -> lots.consumed(List.of(consumed(idOfGrant("opening"), "0.10")), usd("0.11")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lots.consumed(List.of(consumed(idOfGrant("opening"), "0.29")), usd("0.29")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lots.consumed(List.of(consumed(idOfGrant("nobody's"), "0.10")), usd("0.10")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void openLotsAreBoundedAndNoMoneyIsTurnedAway() {
        var state = AccountState.NEW;
        for (var i = 0; i < GrantLots.MAX_OPEN + 5; i++) {
            state = granted(state, aGrantOf("0.01", "grant " + i));
        }
        assertThat(state.lots().open()).hasSize(GrantLots.MAX_OPEN);
        assertThat(state.lots().open().lastEntry().getValue())
                .isEqualTo(new GrantLots.Lot(idOfGrant("grant " + (GrantLots.MAX_OPEN - 1)), usd("0.06"), 0));
        assertThat(left(state)).isEqualTo(state.balance().availableUsd());

        var urgent = granted(state, aGrantOf("0.01", "of a priority that has no lot yet", ofPriority(0)));
        assertThat(urgent.lots().open()).hasSize(GrantLots.MAX_OPEN + 1);
    }

    @Test
    void whatExpiresSoonerIsConsumedFirstWithinItsPriority() {
        var state = AccountState.NEW;
        state = apply(state, aGrantOf("0.01", "never"));
        state = apply(state, aGrantOf("0.01", "late", until(NOON.plusSeconds(20))));
        state = apply(state, aGrantOf("0.01", "soon", until(NOON.plusSeconds(10))));
        state = apply(state, aGrantOf("0.01", "soon and younger", until(NOON.plusSeconds(10))));
        state = apply(state, aGrantOf("0.01", "first, and never", ofPriority(0)));
        assertThat(state.lots().open().values())
                .extracting(GrantLots.Lot::grantId)
                .containsExactly(
                        idOfGrant("first, and never"),
                        idOfGrant("soon"),
                        idOfGrant("soon and younger"),
                        idOfGrant("late"),
                        idOfGrant("never"));
    }

    @Test
    void grantsThatExpireNeverJoinAndTheOneTooManyIsRefused() {
        var state = AccountState.NEW;
        for (var i = 0; i < GrantLots.MAX_OPEN; i++) {
            state = granted(state, aGrantOf("0.01", "paid " + i));
        }
        for (var i = 0; i < GrantLots.MAX_EXPIRING; i++) {
            state = granted(state, aGrantOf("0.01", "promotion " + i, until(NOON.plusSeconds(60))));
        }
        assertThat(state.lots().open()).hasSize(GrantLots.MAX_OPEN + GrantLots.MAX_EXPIRING);

        var refused = eventOf(
                RULES.decide(state, aGrantOf("0.01", "too many", until(NOON.plusSeconds(60))), NOON, List.of()));
        assertThat(refused).isInstanceOfSatisfying(CreditRefused.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_MANY_EXPIRING_GRANTS);
            assertThat(refusal.requiredUsd()).isEqualTo(usd("0.01"));
        });
        assertThat(state.evolve(refused).balance()).isEqualTo(state.balance());

        // Money that was paid joins as ever, and counts no promotion.
        var paid = granted(state, aGrantOf("0.01", "paid and joined"));
        assertThat(paid.lots().open()).hasSameSizeAs(state.lots().open());
        assertThat(paid.lots().open().lastEntry().getValue())
                .isEqualTo(new GrantLots.Lot(idOfGrant("paid " + (GrantLots.MAX_OPEN - 1)), usd("0.02"), 0));
    }
}
