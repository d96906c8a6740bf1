package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.ledger.account.AnsweredRequests.Recollection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks again for what was answered gets the first answer again, whatever it was. */
final class FirstAnswer {

    private FirstAnswer() {}

    /** The answer, or the need to look for one in the log; empty for a request that has none, and so can be decided. */
    static Optional<Decision> to(CreditIntake asked, AccountState state, @Nullable List<LedgerEvent> history) {
        if (history == null) {
            return mayBeAnswered(asked, state)
                    ? Optional.of(new Decision.NeedsHistory(asked.requestId()))
                    : Optional.empty();
        }
        return history.isEmpty() ? Optional.empty() : Optional.of(new Decision.Repeated(history.getFirst()));
    }

    private static boolean mayBeAnswered(CreditIntake asked, AccountState state) {
        return state.openHolds().containsKey(asked.requestId())
                || state.answered().recall(asked.requestId()) != Recollection.NEW;
    }
}
