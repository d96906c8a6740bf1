package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.ofPriority;
import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Grants.idOfGrant;
import static com.gogogoapi.fixtures.Grants.theExpiryOfGrant;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A correction can take credit back: all of it or nothing, of the corrected grant first, and once. */
class CreditRevocationTest {

    private static LedgerEvent decide(AccountState state, CreditRevocationRequested revocation) {
        return eventOf(RULES.decide(state, revocation, NOON, List.of()));
    }

    private static final AccountState THREE_GRANTS = apply(
            apply(apply(AccountState.NEW, aGrantOf("1.00", "first", ofPriority(0))), aGrantOf("1.00", "wrong")),
            aGrantOf("1.00", "last", ofPriority(500)));

    @Test
    void takesOfTheCorrectedGrantFirstAndThenInTurn() {
        var revoked = (CreditRevoked) decide(THREE_GRANTS, aRevocationOf("2.50", "typo", eventOfGrant("wrong")));
        assertThat(revoked.consumed())
                .containsExactly(
                        consumed(idOfGrant("wrong"), "1.00"),
                        consumed(idOfGrant("first"), "1.00"),
                        consumed(idOfGrant("last"), "0.50"));
        var after = THREE_GRANTS.evolve(revoked);
        assertThat(after.balance().availableUsd()).isEqualTo(usd("0.50"));
        assertThat(after.balance().revokedOrZero()).isEqualTo(usd("2.50"));
        assertThat(after.lots().open().values()).containsExactly(new GrantLots.Lot(idOfGrant("last"), usd("0.50"), 0));
        assertThat(EventJson.read(EventJson.write(revoked), CreditRevoked.class))
                .isEqualTo(revoked);
    }

    @Test
    void takesInTurnWhatCorrectsNoGrantThatIsStillOpen() {
        var request = newRequest();
        var charged =
                apply(apply(THREE_GRANTS, aQuoteOf(request, 1_000_000)), theCompletionOf(request, usage(0, 0, 1_000)));
        var charge = EventIds.ofRequest(request).get(1);
        for (var corrected : List.of(charge, UUID.randomUUID(), eventOfGrant("nobody's"))) {
            assertThat(((CreditRevoked) decide(charged, aRevocationOf("0.10", "typo", corrected))).consumed())
                    .containsExactly(consumed(idOfGrant("first"), "0.10"));
        }
    }

    @Test
    void aPartOfAGrantThatExpiresLeavesTheRestToExpire() {
        var over = NOON.plusSeconds(60);
        var state = apply(AccountState.NEW, aGrantOf("1.00", "promotion", until(over)));
        state = state.evolve(decide(state, aRevocationOf("0.40", "typo", eventOfGrant("promotion"))));
        var expired = (CreditExpired) eventOf(state, theExpiryOfGrant("promotion", over), over);
        assertThat(expired.amountUsd()).isEqualTo(usd("0.60"));
        var end = state.evolve(expired).balance();
        assertThat(end.availableUsd()).isEqualTo(usd("0.00"));
        assertThat(end.grantedUsd()).isEqualTo(end.expiredOrZero().plus(end.revokedOrZero()));
    }

    @Test
    void moreThanIsAvailableIsRefusedAndNothingIsTaken() {
        var held = apply(THREE_GRANTS, aQuoteOf(newRequest(), 1_000_000));
        var revocation = aRevocationOf("2.73", "typo", eventOfGrant("wrong"));
        var refused = (CreditRefused) decide(held, revocation);
        assertThat(refused.reason()).isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
        var after = held.evolve(refused);
        assertThat(after.balance()).isEqualTo(held.balance());
        assertThat(after.lots()).isEqualTo(held.lots());

        var richer = apply(after, aGrantOf("9.00", "more"));
        assertThat(RULES.decide(richer, revocation, NOON, List.of(refused)))
                .as("a refusal is an answer and sticks")
                .isEqualTo(new Decision.Repeated(refused));
        assertThat(decide(held, aRevocationOf("2.72", "all that is free", eventOfGrant("wrong"))))
                .isInstanceOf(CreditRevoked.class);
    }

    @Test
    void theSameReferenceAgainChangesNothing() {
        var revocation = aRevocationOf("0.50", "typo", eventOfGrant("wrong"));
        var first = decide(THREE_GRANTS, revocation);
        var after = THREE_GRANTS.evolve(first);
        assertThat(RULES.decide(after, revocation, NOON, null))
                .isEqualTo(new Decision.NeedsHistory(revocation.requestId()));
        assertThat(RULES.decide(after, revocation, NOON, List.of(first))).isEqualTo(new Decision.Repeated(first));
        // Under one name an account gets one answer, whichever way the credit was to go.
        assertThat(RULES.decide(after, aGrantOf("0.50", "typo"), NOON, List.of(first)))
                .isEqualTo(new Decision.Repeated(first));
    }

    @Test
    void aRecordedRevocationThatCannotBeIsABrokenLog() {
        var revoked = (CreditRevoked) decide(THREE_GRANTS, aRevocationOf("0.50", "typo", eventOfGrant("wrong")));
        var ofNobody = new CreditRevoked(
                revoked.accountId(),
                revoked.requestId(),
                revoked.amountUsd(),
                revoked.reference(),
                revoked.revokedBy(),
                revoked.correction(),
                revoked.decidedAt(),
                revoked.balance(),
                List.of(consumed(idOfGrant("nobody's"), "0.50")),
                null);
        assertThatThrownBy(() -> THREE_GRANTS.evolve(ofNobody)).isInstanceOf(IllegalStateException.class);
    }
}
