package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.ledger.account.Fixtures.ACCOUNT;
import static com.gogogoapi.ledger.account.Fixtures.NOON;
import static com.gogogoapi.ledger.account.Fixtures.POLICY;
import static com.gogogoapi.ledger.account.Fixtures.apply;
import static com.gogogoapi.ledger.account.Fixtures.completed;
import static com.gogogoapi.ledger.account.Fixtures.eventOf;
import static com.gogogoapi.ledger.account.Fixtures.grant;
import static com.gogogoapi.ledger.account.Fixtures.grantExpiry;
import static com.gogogoapi.ledger.account.Fixtures.newRequest;
import static com.gogogoapi.ledger.account.Fixtures.quote;
import static com.gogogoapi.ledger.account.Fixtures.revocation;
import static com.gogogoapi.ledger.account.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.GrantBurned;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A correction can take credit back: all of it or nothing, of the corrected grant first, and once. */
class CreditRevocationTest {

    private static UUID id(String reference) {
        return GrantRequested.requestIdOf(ACCOUNT, reference);
    }

    /** The identity of the event by which the grant of that reference was given. */
    private static UUID eventOfGrant(String reference) {
        return EventIds.ofRequest(id(reference)).getFirst();
    }

    private static LedgerEvent decide(AccountState state, CreditRevocationRequested revocation) {
        return eventOf(CreditDecisions.decide(state, revocation, NOON, POLICY, List.of()));
    }

    private static final AccountState THREE_GRANTS = apply(
            apply(apply(AccountState.NEW, grant("1.00", "first", 0, null)), grant("1.00", "wrong")),
            grant("1.00", "last", 500, null));

    @Test
    void takesOfTheCorrectedGrantFirstAndThenInTurn() {
        var revoked = (CreditRevoked) decide(THREE_GRANTS, revocation("2.50", "typo", eventOfGrant("wrong")));
        assertThat(revoked.burned())
                .containsExactly(
                        new GrantBurned(id("wrong"), usd("1.00")),
                        new GrantBurned(id("first"), usd("1.00")),
                        new GrantBurned(id("last"), usd("0.50")));
        var after = THREE_GRANTS.evolve(revoked);
        assertThat(after.balance().availableUsd()).isEqualTo(usd("0.50"));
        assertThat(after.balance().revoked()).isEqualTo(usd("2.50"));
        assertThat(after.lots().open().values()).containsExactly(new GrantLots.Lot(id("last"), usd("0.50"), 0));
        assertThat(EventJson.read(EventJson.write(revoked), CreditRevoked.class))
                .isEqualTo(revoked);
    }

    @Test
    void takesInTurnWhatCorrectsNoGrantThatIsStillOpen() {
        var request = newRequest();
        var charged = apply(apply(THREE_GRANTS, quote(request, 1_000_000)), completed(request, usage(0, 0, 1_000)));
        var charge = EventIds.ofRequest(request).get(1);
        for (var corrected : List.of(charge, UUID.randomUUID(), eventOfGrant("nobody's"))) {
            assertThat(((CreditRevoked) decide(charged, revocation("0.10", "typo", corrected))).burned())
                    .containsExactly(new GrantBurned(id("first"), usd("0.10")));
        }
    }

    @Test
    void aPartOfAGrantThatExpiresLeavesTheRestToExpire() {
        var over = NOON.plusSeconds(60);
        var state = apply(AccountState.NEW, grant("1.00", "promotion", null, over));
        state = state.evolve(decide(state, revocation("0.40", "typo", eventOfGrant("promotion"))));
        var expired = (CreditExpired)
                eventOf(CreditDecisions.decide(state, grantExpiry("promotion", over), over, POLICY, null));
        assertThat(expired.amountUsd()).isEqualTo(usd("0.60"));
        var end = state.evolve(expired).balance();
        assertThat(end.availableUsd()).isEqualTo(usd("0.00"));
        assertThat(end.grantedUsd()).isEqualTo(end.expired().plus(end.revoked()));
    }

    @Test
    void moreThanIsAvailableIsRefusedAndNothingIsTaken() {
        var held = apply(THREE_GRANTS, quote(newRequest(), 1_000_000));
        var revocation = revocation("2.73", "typo", eventOfGrant("wrong"));
        var refused = (CreditRefused) decide(held, revocation);
        assertThat(refused.reason()).isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
        var after = held.evolve(refused);
        assertThat(after.balance()).isEqualTo(held.balance());
        assertThat(after.lots()).isEqualTo(held.lots());

        var richer = apply(after, grant("9.00", "more"));
        assertThat(CreditDecisions.decide(richer, revocation, NOON, POLICY, List.of(refused)))
                .as("a refusal is an answer and sticks")
                .isEqualTo(new Decision.Repeated(refused));
        assertThat(decide(held, revocation("2.72", "all that is free", eventOfGrant("wrong"))))
                .isInstanceOf(CreditRevoked.class);
    }

    @Test
    void theSameReferenceAgainChangesNothing() {
        var revocation = revocation("0.50", "typo", eventOfGrant("wrong"));
        var first = decide(THREE_GRANTS, revocation);
        var after = THREE_GRANTS.evolve(first);
        assertThat(CreditDecisions.decide(after, revocation, NOON, POLICY, null))
                .isEqualTo(new Decision.NeedsHistory(revocation.requestId()));
        assertThat(CreditDecisions.decide(after, revocation, NOON, POLICY, List.of(first)))
                .isEqualTo(new Decision.Repeated(first));
        // Under one name an account gets one answer, whichever way the credit was to go.
        assertThat(CreditDecisions.decide(after, grant("0.50", "typo"), NOON, POLICY, List.of(first)))
                .isEqualTo(new Decision.Repeated(first));
    }

    @Test
    void aRecordedRevocationThatCannotBeIsABrokenLog() {
        var revoked = (CreditRevoked) decide(THREE_GRANTS, revocation("0.50", "typo", eventOfGrant("wrong")));
        var ofNobody = new CreditRevoked(
                revoked.accountId(),
                revoked.requestId(),
                revoked.amountUsd(),
                revoked.reference(),
                revoked.revokedBy(),
                revoked.correction(),
                revoked.decidedAt(),
                revoked.balance(),
                List.of(new GrantBurned(id("nobody's"), usd("0.50"))));
        assertThatThrownBy(() -> THREE_GRANTS.evolve(ofNobody)).isInstanceOf(IllegalStateException.class);
    }
}
