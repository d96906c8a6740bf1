package com.gogogoapi.usage.spending;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.fixtures.Route;
import com.gogogoapi.usage.following.Followed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is spent is counted in the window in which its hold was decided, as the ledger counts it. */
class SpendingBookTest {

    private static final UUID KEY = UUID.fromString("01a00000-0000-7000-8000-000000000001");
    private static final UUID MEMBER = UUID.fromString("01a00000-0000-7000-8000-000000000002");
    private static final BudgetScope OF_KEY = BudgetScope.ofKey(KEY);
    private static final Instant LATE_ON_SUNDAY = Instant.parse("2026-05-31T23:59:59Z");

    private final SpendingBook book = new SpendingBook(Map.of(), Map.of());
    private long sequence;

    private void take(LedgerEvent event) {
        sequence++;
        book.take(new Followed(0, sequence, event), true);
    }

    private CreditReserved hold(Instant at, Budget... budgets) {
        var quote = Requests.aQuoteOf(
                Route.FLASH, Requests.ACCOUNT, Requests.newRequest(), 100, 1_000_000, at, at.plusSeconds(30));
        var asked = Requests.askedBy(new RequestedBy(KEY, MEMBER, List.of()), quote);
        var hold = CreditReserved.of(
                Requests.within(new Limits(List.of(budgets), List.of()), asked),
                1_000_000,
                quote.holdUsd(),
                100,
                at.plusSeconds(900),
                at,
                Balance.NONE);
        take(hold);
        return hold;
    }

    private void charge(CreditReserved hold, Instant at, String usd, boolean late) {
        take(new CreditSettled(
                hold.accountId(),
                hold.requestId(),
                Outcome.COMPLETED,
                hold.model(),
                hold.priceVersion(),
                hold.prices(),
                Requests.usage(100, 0, 10),
                false,
                late ? Usd.ZERO : hold.heldUsd(),
                usd(usd),
                Usd.ZERO,
                Usd.ZERO,
                late,
                at,
                Balance.NONE,
                null,
                null,
                null,
                late ? hold.scopes() : null));
    }

    private void release(CreditReserved hold, Instant at) {
        take(new CreditReleased(
                hold.accountId(), hold.requestId(), Outcome.HOLD_EXPIRED, hold.heldUsd(), at, Balance.NONE));
    }

    private String spent(BudgetScope scope, BudgetWindow window) {
        var spent = book.changed().get(new Place(Requests.ACCOUNT, scope, window));
        return spent == null ? "none" : spent.spentUsd().toString();
    }

    private String spent(BudgetScope scope) {
        return String.join(
                " ",
                List.of(BudgetWindow.values()).stream()
                        .map(window -> spent(scope, window))
                        .toList());
    }

    @Test
    void countsForTheKeyTheMemberAndTheAccount() {
        charge(hold(LATE_ON_SUNDAY), LATE_ON_SUNDAY, "0.10", false);
        charge(hold(LATE_ON_SUNDAY), LATE_ON_SUNDAY, "0.20", false);
        for (var scope : List.of(OF_KEY, BudgetScope.ofMember(MEMBER), BudgetScope.ofAccount(Requests.ACCOUNT))) {
            assertThat(spent(scope)).isEqualTo("0.30 0.30 0.30 0.30");
        }
        assertThat(book.changedHolds().values()).allMatch(Optional::isEmpty);
    }

    @Test
    void aChargeCountsWhereItsHoldDid() {
        var onSunday = hold(LATE_ON_SUNDAY);
        charge(onSunday, LATE_ON_SUNDAY.plusSeconds(10), "0.10", false);
        assertThat(spent(OF_KEY)).isEqualTo("0.10 0.10 0.10 0.10");

        // Monday, and June: of the days before, nothing is left to count in but all time.
        var sundayToo = hold(LATE_ON_SUNDAY);
        var onMonday = hold(LATE_ON_SUNDAY.plusSeconds(2));
        assertThat(spent(OF_KEY)).isEqualTo("0.00 0.00 0.00 0.10");
        charge(sundayToo, LATE_ON_SUNDAY.plusSeconds(10), "0.20", false);
        assertThat(spent(OF_KEY)).isEqualTo("0.00 0.00 0.00 0.30");
        charge(onMonday, LATE_ON_SUNDAY.plusSeconds(10), "0.40", false);
        assertThat(spent(OF_KEY)).isEqualTo("0.40 0.40 0.40 0.70");

        // A clock that went back counts in the windows that had begun.
        charge(hold(LATE_ON_SUNDAY), LATE_ON_SUNDAY, "0.01", false);
        assertThat(spent(OF_KEY)).isEqualTo("0.41 0.41 0.41 0.71");
    }

    @Test
    void aLateChargeCountsInTheWindowOfItsOwnTime() {
        var hold = hold(LATE_ON_SUNDAY);
        release(hold, LATE_ON_SUNDAY.plusSeconds(900));
        assertThat(spent(OF_KEY)).isEqualTo("0.00 0.00 0.00 0.00");
        charge(hold, LATE_ON_SUNDAY.plusSeconds(1_000), "0.10", true);
        assertThat(spent(OF_KEY)).isEqualTo("0.10 0.10 0.10 0.10");
        assertThat(book.changed()
                        .get(new Place(Requests.ACCOUNT, OF_KEY, BudgetWindow.DAY))
                        .start())
                .isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    }

    private static Budget daily(String usd) {
        return new Budget(OF_KEY, BudgetWindow.DAY, usd(usd), false);
    }

    private List<String> reached() {
        return book.reached().stream()
                .map(one -> one.what().level() + " " + one.what().limitUsd() + " at "
                        + one.by().sequence())
                .toList();
    }

    @Test
    void eachLevelOfABudgetIsReachedOnce() {
        charge(hold(LATE_ON_SUNDAY, daily("1.00")), LATE_ON_SUNDAY, "0.79999", false);
        assertThat(reached()).isEmpty();
        charge(hold(LATE_ON_SUNDAY, daily("1.00")), LATE_ON_SUNDAY, "0.00001", false);
        charge(hold(LATE_ON_SUNDAY, daily("1.00")), LATE_ON_SUNDAY, "0.19999", false);
        charge(hold(LATE_ON_SUNDAY, daily("1.00")), LATE_ON_SUNDAY, "0.00001", false);
        charge(hold(LATE_ON_SUNDAY, daily("1.00")), LATE_ON_SUNDAY, "1.00", false);
        assertThat(reached()).containsExactly("WARNING 1.00 at 4", "EXHAUSTED 1.00 at 8");
    }

    @Test
    void aLimitThatChangesIsAnotherBudget() {
        charge(hold(LATE_ON_SUNDAY, daily("10.00")), LATE_ON_SUNDAY, "1.00", false);
        // Lowered: with the next request it is clear what is spent of it.
        var hold = hold(LATE_ON_SUNDAY, daily("1.25"));
        assertThat(reached()).containsExactly("WARNING 1.25 at 3");
        // Taken away: nothing can be exceeded.
        hold(LATE_ON_SUNDAY);
        charge(hold, LATE_ON_SUNDAY, "5.00", false);
        assertThat(reached()).containsExactly("WARNING 1.25 at 3");
    }

    @Test
    void aHoldThatCountsForNobodyIsLeftAlone() {
        var at = LATE_ON_SUNDAY.minus(Duration.ofDays(1));
        var quote = Requests.aQuoteOf(
                Route.FLASH, Requests.ACCOUNT, Requests.newRequest(), 100, 100, at, at.plusSeconds(30));
        var hold = CreditReserved.of(quote, 100, quote.holdUsd(), 100, at.plusSeconds(900), at, Balance.NONE);
        take(hold);
        charge(hold, at, "0.10", false);
        assertThat(book.changed()).isEmpty();
        assertThat(book.changedHolds()).isEmpty();
    }
}
