package com.gogogoapi.ledger.account;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.ofPriority;
import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static com.gogogoapi.fixtures.Grants.consumed;
import static com.gogogoapi.fixtures.Grants.idOfGrant;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.ledger.account.Accounts.RULES;
import static com.gogogoapi.ledger.account.Accounts.apply;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Credit leaves all of it or nothing, of what never expires, and what has left arrives; each end once. */
class CreditTransferTest {

    private static final AccountId OTHER = new AccountId("acct_other");

    private static final AccountState GRANTS = apply(
            apply(
                    apply(AccountState.NEW, aGrantOf("1.00", "promotion", until(NOON.plusSeconds(60)))),
                    aGrantOf("1.00", "late", ofPriority(500))),
            aGrantOf("1.00", "first", ofPriority(0)));

    private static CreditTransferRequested away(String usd) {
        return aTransferOf(ACCOUNT, OTHER, usd, "merged", NOON);
    }

    private static LedgerEvent decide(AccountState state, CreditTransferRequested transfer) {
        return eventOf(RULES.decide(state, transfer, NOON, List.of()));
    }

    @Test
    void whatLeavesIsOfGrantsThatNeverExpireInTheirTurn() {
        var left = (CreditTransferred) decide(GRANTS, away("1.50"));
        assertThat(left.consumed())
                .containsExactly(consumed(idOfGrant("first"), "1.00"), consumed(idOfGrant("late"), "0.50"));
        var after = GRANTS.evolve(left);
        assertThat(after.balance().availableUsd()).isEqualTo(usd("1.50"));
        assertThat(after.balance().revokedOrZero()).isEqualTo(usd("1.50"));
        assertThat(after.lots().open().values())
                .extracting(GrantLots.Lot::grantId)
                .containsExactly(idOfGrant("promotion"), idOfGrant("late"));
        assertThat(EventJson.read(EventJson.write(left), CreditTransferred.class))
                .isEqualTo(left);
    }

    @Test
    void whatHasLeftArrivesForEver() {
        var transfer = away("1.50");
        var arrived = (CreditTransferred) decide(AccountState.NEW, transfer.otherEnd());
        assertThat(arrived.accountId()).isEqualTo(OTHER);
        assertThat(arrived.counterpart()).isEqualTo(ACCOUNT);
        assertThat(arrived.counterpartRequestId()).isEqualTo(transfer.requestId());
        assertThat(arrived.requestId()).isEqualTo(transfer.counterpartRequestId());
        assertThat(arrived.transferId()).isEqualTo(transfer.transferId());
        var after = AccountState.NEW.evolve(arrived);
        assertThat(after.balance().availableUsd()).isEqualTo(usd("1.50"));
        assertThat(after.balance().grantedUsd()).isEqualTo(usd("1.50"));
        assertThat(after.lots().open()).containsValue(new GrantLots.Lot(arrived.requestId(), usd("1.50"), 0));
        assertThat(EventJson.read(EventJson.write(arrived), CreditTransferred.class))
                .isEqualTo(arrived);
    }

    @Test
    void moreThanIsAvailableOrLastsIsRefusedForGood() {
        var more = away("2.01");
        var refused = (CreditRefused) decide(GRANTS, more);
        assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_TRANSFERABLE);
        var after = GRANTS.evolve(refused);
        assertThat(after.balance()).isEqualTo(GRANTS.balance());
        assertThat(RULES.decide(apply(after, aGrantOf("9.00", "more")), more, NOON, List.of(refused)))
                .isEqualTo(new Decision.Repeated(refused));
        assertThat(((CreditRefused) decide(GRANTS, away("3.01"))).reason())
                .isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
        assertThat(decide(GRANTS, away("2.00"))).isInstanceOf(CreditTransferred.class);
    }

    /** Whatever may expire, what is held stays covered. */
    @Test
    void whatIsHeldDoesNotMove() {
        var held = apply(GRANTS, aQuoteOf(newRequest(), 4_000_000));
        assertThat(held.balance().availableUsd()).isEqualTo(usd("1.88"));
        assertThat(((CreditRefused) decide(held, away("1.89"))).reason()).isEqualTo(RefusalReason.INSUFFICIENT_CREDIT);
        var after = held.evolve(decide(held, away("1.88")));
        assertThat(after.balance().availableUsd()).isEqualTo(usd("0.00"));
        assertThat(after.balance().heldUsd()).isEqualTo(usd("1.12"));
    }

    @Test
    void eachEndAskedForAgainChangesNothing() {
        for (var end : List.of(away("0.50"), away("0.50").otherEnd())) {
            var first = decide(GRANTS, end);
            var after = GRANTS.evolve(first);
            assertThat(RULES.decide(after, end, NOON, null)).isEqualTo(new Decision.NeedsHistory(end.requestId()));
            assertThat(RULES.decide(after, end, NOON, List.of(first))).isEqualTo(new Decision.Repeated(first));
        }
    }

    @Test
    void aTransferIsBetweenTwoAccounts() {
        assertThatThrownBy(() -> aTransferOf(ACCOUNT, ACCOUNT, "1.00", "itself", NOON))
                .hasMessage("A transfer must be between two accounts.");
        assertThat(away("1.00").otherEnd().otherEnd()).isEqualTo(away("1.00"));
    }
}
