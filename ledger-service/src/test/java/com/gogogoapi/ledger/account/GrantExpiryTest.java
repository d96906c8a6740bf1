package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.ledger.account.Fixtures.ACCOUNT;
import static com.gogogoapi.ledger.account.Fixtures.NOON;
import static com.gogogoapi.ledger.account.Fixtures.POLICY;
import static com.gogogoapi.ledger.account.Fixtures.apply;
import static com.gogogoapi.ledger.account.Fixtures.completed;
import static com.gogogoapi.ledger.account.Fixtures.eventOf;
import static com.gogogoapi.ledger.account.Fixtures.failed;
import static com.gogogoapi.ledger.account.Fixtures.grant;
import static com.gogogoapi.ledger.account.Fixtures.grantExpiry;
import static com.gogogoapi.ledger.account.Fixtures.newRequest;
import static com.gogogoapi.ledger.account.Fixtures.quote;
import static com.gogogoapi.ledger.account.Fixtures.usage;
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
    private static final GrantRequested PROMOTION = grant("1.00", "promotion", null, OVER);
    private static final GrantExpiryDue DUE = grantExpiry("promotion", OVER);

    private static Decision decide(AccountState state, Instant at) {
        return CreditDecisions.decide(state, DUE, at, POLICY, null);
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
        assertThat(CreditDecisions.decide(state, tooSoon, NOON, POLICY, null))
                .isEqualTo(new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE));
    }

    @Test
    void whatNeverExpiresDoesNot() {
        var state = apply(AccountState.NEW, grant("1.00", "promotion"));
        assertThat(ignored(state, OVER)).isEqualTo(Decision.Ignored.Reason.NOT_DUE);
    }

    @Test
    void allThatIsLeftAndOnlyOnce() {
        var state = apply(apply(AccountState.NEW, grant("5.00", "paid")), PROMOTION);
        var event = expired(state);
        assertThat(event.amountUsd()).isEqualTo(usd("1.00"));
        assertThat(event.part()).isEqualTo(1);
        var after = state.evolve(event);
        assertThat(after.balance().availableUsd()).isEqualTo(usd("5.00"));
        assertThat(after.balance().expired()).isEqualTo(usd("1.00"));
        assertThat(after.balance().grantedUsd()).isEqualTo(usd("6.00"));
        assertThat(ignored(after, OVER)).isEqualTo(Decision.Ignored.Reason.NOTHING_LEFT);
        assertThat(after.answered()).as("the grant was answered before").isEqualTo(state.answered());
    }

    @Test
    void onlyWhatChargesHaveLeft() {
        var request = newRequest();
        var state = apply(apply(apply(AccountState.NEW, grant("5.00", "paid")), PROMOTION), quote(request, 1_000_000));
        state = apply(state, completed(request, usage(0, 0, 1_000_000)));
        assertThat(expired(state).amountUsd()).as("0.28 were charged").isEqualTo(usd("0.72"));
    }

    @Test
    void whatIsHeldStaysWithItsHoldAndTheRestGoesWhenThatEnds() {
        var request = newRequest();
        var state = apply(apply(AccountState.NEW, PROMOTION), quote(request, 2_500_000));
        var first = expired(state);
        assertThat(first.amountUsd()).isEqualTo(usd("0.30"));
        state = state.evolve(first);
        assertThat(state.balance().heldUsd()).isEqualTo(usd("0.70"));
        assertThat(ignored(state, OVER)).isEqualTo(Decision.Ignored.Reason.ALL_HELD);

        var charged = apply(state, completed(request, usage(0, 0, 1_000_000)));
        var second = expired(charged);
        assertThat(second.amountUsd()).isEqualTo(usd("0.42"));
        assertThat(second.part()).isEqualTo(2);
        assertThat(EventIds.of(second)).isNotEqualTo(EventIds.of(first));
        var end = charged.evolve(second);
        assertThat(end.lots().open()).isEmpty();
        assertThat(end.balance().availableUsd()).isEqualTo(usd("0.00"));

        var released = state.evolve(eventOf(CreditDecisions.decide(state, failed(request), NOON, POLICY, null)));
        assertThat(expired(released).amountUsd()).isEqualTo(usd("0.70"));
    }

    /** Holds stand on grants in their turn: money paid beside it does not stand in for the promotion they would burn. */
    @Test
    void aHoldKeepsTheGrantThatItWouldBurnWhateverElseIsAvailable() {
        var request = newRequest();
        var state = apply(apply(apply(AccountState.NEW, grant("5.00", "paid")), PROMOTION), quote(request, 2_500_000));
        var first = expired(state);
        assertThat(first.amountUsd()).isEqualTo(usd("0.30"));
        var after = state.evolve(first);
        assertThat(ignored(after, OVER)).isEqualTo(Decision.Ignored.Reason.ALL_HELD);

        var charged = apply(after, completed(request, usage(0, 0, 2_500_000)));
        assertThat(charged.lots().open().values())
                .as("the promotion paid, and what was paid is whole")
                .extracting(GrantLots.Lot::leftUsd)
                .containsExactly(usd("5.00"));
    }

    @Test
    void aHoldThatEarlierGrantsCoverKeepsNothingOfTheOne() {
        var request = newRequest();
        var state = apply(AccountState.NEW, grant("0.50", "first", 1, null));
        state = apply(apply(state, PROMOTION), quote(request, 1_000_000));
        assertThat(expired(state).amountUsd()).as("0.28 are held, of the first").isEqualTo(usd("1.00"));
    }

    @Test
    void theLastPartWaitsUntilAllOfItIsFree() {
        var state = apply(AccountState.NEW, PROMOTION);
        var holds = new ArrayList<UUID>();
        for (var i = 0; i < CreditExpired.MAX_PARTS + 1; i++) {
            holds.add(newRequest());
            state = apply(state, quote(holds.getLast(), 250_000));
        }
        var parts = new ArrayList<CreditExpired>();
        for (var request : holds.subList(0, holds.size() - 2)) {
            parts.add(expired(state));
            state = state.evolve(parts.getLast());
            state = state.evolve(eventOf(CreditDecisions.decide(state, failed(request), NOON, POLICY, null)));
        }
        assertThat(parts).extracting(CreditExpired::part).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(ignored(state, OVER)).isEqualTo(Decision.Ignored.Reason.ALL_HELD);
        for (var request : holds.subList(holds.size() - 2, holds.size())) {
            state = state.evolve(eventOf(CreditDecisions.decide(state, failed(request), NOON, POLICY, null)));
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
        var granted = eventOf(CreditDecisions.decide(AccountState.NEW, PROMOTION, NOON, POLICY, null));
        var over = expired(state);
        assertThat(CreditDecisions.decide(state.evolve(over), PROMOTION, OVER, POLICY, List.of(granted, over)))
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
        var granted = eventOf(CreditDecisions.decide(AccountState.NEW, grant("1.00", "paid"), NOON, POLICY, null));
        assertThat(new String(EventJson.write(granted), StandardCharsets.UTF_8))
                .doesNotContain("expire")
                .doesNotContain("reason");
        var dated = (CreditGranted) eventOf(CreditDecisions.decide(AccountState.NEW, PROMOTION, NOON, POLICY, null));
        assertThat(EventJson.read(EventJson.write(dated), CreditGranted.class)).isEqualTo(dated);
    }

    @Test
    void onlyAnOperatorsGrantExpiresAndWithinTenYears() {
        assertThatThrownBy(() -> grant("1.00", "past", null, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> grant("1.00", "far", null, NOON.plus(Duration.ofDays(4_000))))
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
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
