package com.gogogoapi.ledger.account;

import static com.gogogoapi.ledger.account.Policy.refuseIf;

import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credit is added to an account. */
final class Granting {

    private static final Policy<GrantRequested> PLACE_FOR_ONE_THAT_EXPIRES = (state, grant, at) -> refuseIf(
            grant.expiresAt() != null && state.lots().isFullOfExpiring(), RefusalReason.TOO_MANY_EXPIRING_GRANTS);

    private static final Policy<GrantRequested> POLICIES = Policy.inOrder(PLACE_FOR_ONE_THAT_EXPIRES);

    private Granting() {}

    static Decision decide(AccountState state, GrantRequested grant, Instant at, @Nullable List<LedgerEvent> history) {
        var first = FirstAnswer.to(grant, state, history);
        return first.isPresent() ? first.get() : decide(state, grant, at);
    }

    private static Decision decide(AccountState state, GrantRequested grant, Instant at) {
        var refusal = POLICIES.refusal(state, grant, at);
        return new Decision.NewEvent(
                refusal.isPresent()
                        ? CreditRefused.of(grant, refusal.get(), at, state.balance())
                        : CreditGranted.of(grant, at, state.balance().granted(grant.amountUsd())));
    }
}
