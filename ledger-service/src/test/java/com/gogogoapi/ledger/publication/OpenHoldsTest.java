package com.gogogoapi.ledger.publication;

import static com.gogogoapi.ledger.account.Fixtures.NOON;
import static com.gogogoapi.ledger.account.Fixtures.POLICY;
import static com.gogogoapi.ledger.account.Fixtures.accountWith;
import static com.gogogoapi.ledger.account.Fixtures.completed;
import static com.gogogoapi.ledger.account.Fixtures.eventOf;
import static com.gogogoapi.ledger.account.Fixtures.newRequest;
import static com.gogogoapi.ledger.account.Fixtures.quote;
import static com.gogogoapi.ledger.account.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenHoldsTest {

    private final OpenHolds holds = new OpenHolds(10);
    private AccountState state = accountWith("5.00");
    private long pos = 10;

    private void happens(CreditIntake intake) {
        LedgerEvent event = eventOf(CreditDecisions.decide(state, intake, NOON, POLICY, null));
        state = state.evolve(event);
        holds.follow(++pos, event);
    }

    private UUID held() {
        var request = newRequest();
        happens(quote(request, 10));
        return request;
    }

    @Test
    void knowsFromWhereOnTheLogIsNeeded() {
        assertThat(holds.doneUntilPos()).isEqualTo(10);
        var first = held();
        var second = held();
        assertThat(holds.doneUntilPos()).isEqualTo(10);

        happens(completed(first, usage(0, 0, 1)));
        assertThat(holds.doneUntilPos()).isEqualTo(11);
        happens(completed(second, usage(0, 0, 1)));
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

        happens(completed(request, usage(0, 0, 1)));
        assertThat(holds.takeDue(over.plus(OpenHolds.REPEAT_AFTER))).hasSize(1);
    }
}
