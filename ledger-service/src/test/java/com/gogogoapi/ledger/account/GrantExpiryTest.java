package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.ofPriority;
import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.theExpiryOfGrant;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.theFailureOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.messaging.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is left of a grant ends with its life, as far as it is free; holds keep what they hold. */
class GrantExpiryTest {

    private static final Instant OVER = NOON.plusSeconds(60);
    private static final GrantRequested PROMOTION = aGrantOf("1.00", "promotion", until(OVER));
    private static final GrantExpiryDue DUE = theExpiryOfGrant("promotion", OVER);

    private static Decision decide(AccountState state, Instant at) {
        return RULES.decide(state, DUE, at, null);
    }

    private static CreditExpired expired(AccountState state) {
        return (CreditExpired) eventOf(decide(state, OVER));
    }

    private static Decision.Ignored.Reason ignored(AccountState state, Instant at) {
        return ((Decision.Ignored) decide(state, at)).reason();
    }

    @Test
    void notBeforeItsTimeWhateverIsAnnounced() {
        var state = apply(AccountState.NEW, PROMOTION);
        assertThat(ignored(state, OVER.minusMillis(1))).isEqualTo(Decision.Ignored.Reason.NOT_DUE);
        var tooSoon = new GrantExpiryDue(ACCOUNT, PROMOTION.requestId(), NOON);
        assertThat(RULES.decide(state, tooSoon, NOON, null))
                .isEqualTo(new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE));
    }

    @Test
    void whatNeverExpiresDoesNot() {
        var state = apply(AccountState.NEW, aGrantOf("1.00", "promotion"));
        assertThat(ignored(state, OVER)).isEqualTo(Decision.Ignored.Reason.NOT_DUE);
    }

    @Test
    void allThatIsLeftAndOnlyOnce() {
        var state = apply(apply(AccountState.NEW, aGrantOf("5.00", "paid")), PROMOTION);
        var event = expired(state);
        assertThat(event.amountUsd()).isEqualTo(usd("1.00"));
        assertThat(event.part()).isEqualTo(1);
        var after = state.evolve(event);
        assertThat(after.balance().availableUsd()).isEqualTo(usd("5.00"));
        assertThat(after.balance().expiredOrZero()).isEqualTo(usd("1.00"));
        assertThat(after.balance().grantedUsd()).isEqualTo(usd("6.00"));
        assertThat(ignored(after, OVER)).isEqualTo(Decision.Ignored.Reason.NOTHING_LEFT);
        assertThat(after.answered()).as("the grant was answered before").isEqualTo(state.answered());
    }

    @Test
    void onlyWhatChargesHaveLeft() {
        var request = newRequest();
        var state = apply(
                apply(apply(AccountState.NEW, aGrantOf("5.00", "paid")), PROMOTION), aQuoteOf(request, 1_000_000));
        state = apply(state, theCompletionOf(request, usage(0, 0, 1_000_000)));
        assertThat(expired(state).amountUsd()).as("0.28 were charged").isEqualTo(usd("0.72"));
    }

    @Test
    void whatIsHeldStaysWithItsHoldAndTheRestGoesWhenThatEnds() {
        var request = newRequest();
        var state = apply(apply(AccountState.NEW, PROMOTION), aQuoteOf(request, 2_500_000));
        var first = expired(state);
        assertThat(first.amountUsd()).isEqualTo(usd("0.30"));
        state = state.evolve(first);
        assertThat(state.balance().heldUsd()).isEqualTo(usd("0.70"));
        assertThat(ignored(state, OVER)).isEqualTo(Decision.Ignored.Reason.ALL_HELD);

        var charged = apply(state, theCompletionOf(request, usage(0, 0, 1_000_000)));
        var second = expired(charged);
        assertThat(second.amountUsd()).isEqualTo(usd("0.42"));
        assertThat(second.part()).isEqualTo(2);
        assertThat(EventIds.of(second)).isNotEqualTo(EventIds.of(first));
        var end = charged.evolve(second);
        assertThat(end.lots().open()).isEmpty();
        assertThat(end.balance().availableUsd()).isEqualTo(usd("0.00"));

        var released = state.evolve(eventOf(state, theFailureOf(request), NOON));
        assertThat(expired(released).amountUsd()).isEqualTo(usd("0.70"));
    }

    /** Holds stand on grants in their turn: money paid beside it does not stand in for the promotion they would consume. */
    @Test
    void aHoldKeepsTheGrantThatItWouldConsumeWhateverElseIsAvailable() {
        var request = newRequest();
        var state = apply(
                apply(apply(AccountState.NEW, aGrantOf("5.00", "paid")), PROMOTION), aQuoteOf(request, 2_500_000));
        var first = expired(state);
        assertThat(first.amountUsd()).isEqualTo(usd("0.30"));
        var after = state.evolve(first);
        assertThat(ignored(after, OVER)).isEqualTo(Decision.Ignored.Reason.ALL_HELD);

        var charged = apply(after, theCompletionOf(request, usage(0, 0, 2_500_000)));
        assertThat(charged.lots().open().values())
                .as("the promotion paid, and what was paid is whole")
                .extracting(GrantLots.Lot::leftUsd)
                .containsExactly(usd("5.00"));
    }

    @Test
    void aHoldThatEarlierGrantsCoverKeepsNothingOfTheOne() {
        var request = newRequest();
        var state = apply(AccountState.NEW, aGrantOf("0.50", "first", ofPriority(1)));
        state = apply(apply(state, PROMOTION), aQuoteOf(request, 1_000_000));
        assertThat(expired(state).amountUsd()).as("0.28 are held, of the first").isEqualTo(usd("1.00"));
    }

    @Test
    void theLastPartWaitsUntilAllOfItIsFree() {
        var state = apply(AccountState.NEW, PROMOTION);
        var holds = new ArrayList<UUID>();
        for (var i = 0; i < CreditExpired.MAX_PARTS + 1; i++) {
            holds.add(newRequest());
            state = apply(state, aQuoteOf(holds.getLast(), 250_000));
        }
        var parts = new ArrayList<CreditExpired>();
        for (var request : holds.subList(0, holds.size() - 2)) {
            parts.add(expired(state));
            state = state.evolve(parts.getLast());
            state = state.evolve(eventOf(state, theFailureOf(request), NOON));
        }
        assertThat(parts).extracting(CreditExpired::part).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(ignored(state, OVER)).isEqualTo(Decision.Ignored.Reason.ALL_HELD);
        for (var request : holds.subList(holds.size() - 2, holds.size())) {
            state = state.evolve(eventOf(state, theFailureOf(request), NOON));
        }
        parts.add(expired(state));
        assertThat(parts.getLast().part()).isEqualTo(CreditExpired.MAX_PARTS);
        assertThat(state.evolve(parts.getLast()).lots().open()).isEmpty();
        assertThat(parts.stream().map(EventIds::of)).doesNotHaveDuplicates().allSatisfy(id -> assertThat(
                        EventIds.ofRequest(PROMOTION.requestId()))
                .contains(id));
    }

    @Test
    void aRepeatedGrantGetsItsFirstAnswerAlsoAfterItExpired() {
        var state = apply(AccountState.NEW, PROMOTION);
        var granted = eventOf(AccountState.NEW, PROMOTION, NOON);
        var over = expired(state);
        assertThat(RULES.decide(state.evolve(over), PROMOTION, OVER, List.of(granted, over)))
                .isEqualTo(new Decision.Repeated(granted));
    }

    @Test
    void aRecordedExpiryThatCannotBeIsABrokenLog() {
        var state = apply(AccountState.NEW, PROMOTION);
        var event = expired(state);
        var otherPart =
                new CreditExpired(ACCOUNT, event.requestId(), 2, event.amountUsd(), event.decidedAt(), event.balance());
        assertThatThrownBy(() -> state.evolve(otherPart)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state.evolve(event).evolve(event)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void saysNothingOfExpiryWhereThereIsNone() {
        var granted = eventOf(AccountState.NEW, aGrantOf("1.00", "paid"), NOON);
        assertThat(new String(EventJson.write(granted), StandardCharsets.UTF_8))
                .doesNotContain("expire")
                .doesNotContain("reason");
        var dated = (CreditGranted) eventOf(AccountState.NEW, PROMOTION, NOON);
        assertThat(EventJson.read(EventJson.write(dated), CreditGranted.class)).isEqualTo(dated);
    }

    @Test
    void onlyAnOperatorsGrantExpiresAndWithinTenYears() {
        assertThatThrownBy(() -> aGrantOf("1.00", "past", until(NOON))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aGrantOf("1.00", "far", until(NOON.plus(Duration.ofDays(4_000)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GrantRequested(
                        ACCOUNT,
                        PROMOTION.requestId(),
                        usd("1.00"),
                        GrantSource.STABLECOIN_DEPOSIT,
                        "deposit",
                        "bridge",
                        NOON,
                        null,
                        null,
                        OVER,
                        null,
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
