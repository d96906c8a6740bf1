package com.gogogoapi.ledger.publication;

import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.POLICY;
import static com.gogogoapi.ledger.account.Accounts.accountWith;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.ledger.account.AccountState;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenHoldsTest {

    private final OpenHolds holds = new OpenHolds(10);
    private AccountState state = accountWith("5.00");
    private long pos = 10;

    private void happens(CreditIntake intake) {
        LedgerEvent event = eventOf(state, intake, NOON);
        state = state.evolve(event);
        holds.follow(++pos, event);
    }

    private UUID held() {
        var request = newRequest();
        happens(aQuoteOf(request, 10));
        return request;
    }

    @Test
    void knowsFromWhereOnTheLogIsNeeded() {
        assertThat(holds.doneUntilPos()).isEqualTo(10);
        var first = held();
        var second = held();
        assertThat(holds.doneUntilPos()).isEqualTo(10);

        happens(theCompletionOf(first, usage(0, 0, 1)));
        assertThat(holds.doneUntilPos()).isEqualTo(11);
        happens(theCompletionOf(second, usage(0, 0, 1)));
        assertThat(holds.doneUntilPos()).isEqualTo(14);
        assertThat(holds.size()).isZero();
    }

    @Test
    void announcesAHoldThatIsOverAndAgainWhileItStaysOpen() {
        var request = held();
        held();
        var over = NOON.plus(POLICY.lifetime());
        assertThat(holds.takeDue(over.minusMillis(1))).isEmpty();
        assertThat(holds.takeDue(over))
                .hasSize(2)
                .extracting(HoldExpiryDue::requestId)
                .contains(request);
        assertThat(holds.takeDue(over.plusSeconds(1))).isEmpty();

        happens(theCompletionOf(request, usage(0, 0, 1)));
        assertThat(holds.takeDue(over.plus(OpenHolds.REPEAT_AFTER))).hasSize(1);
    }
}
