package com.gogogoapi.ledger.account;

import static com.gogogoapi.ledger.account.Policy.refuseIf;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credit is taken back: all of it or nothing, since a correction that was carried out in part would correct nothing. */
final class Revoking {

    private static final Policy<CreditRevocationRequested> ALL_OF_IT_AVAILABLE = (state, revocation, at) -> refuseIf(
            state.balance().availableUsd().isLessThan(revocation.amountUsd()), RefusalReason.INSUFFICIENT_CREDIT);

    private static final Policy<CreditRevocationRequested> POLICIES = Policy.inOrder(ALL_OF_IT_AVAILABLE);

    private Revoking() {}

    static Decision decide(
            AccountState state, CreditRevocationRequested revocation, Instant at, @Nullable List<LedgerEvent> history) {
        var first = FirstAnswer.to(revocation, state, history);
        return first.isPresent() ? first.get() : decide(state, revocation, at);
    }

    private static Decision decide(AccountState state, CreditRevocationRequested revocation, Instant at) {
        var refusal = POLICIES.refusal(state, revocation, at);
        return new Decision.NewEvent(
                refusal.isPresent()
                        ? CreditRefused.of(revocation, refusal.get(), at, state.balance())
                        : revoked(state, revocation, at));
    }

    private static CreditRevoked revoked(AccountState state, CreditRevocationRequested revocation, Instant at) {
        var amount = revocation.amountUsd();
        var corrected = EventIds.requestAnsweredBy(revocation.correction().correctedEventId());
        return CreditRevoked.of(
                revocation, at, state.balance().revoked(amount), state.lots().toRevoke(amount, corrected));
    }
}
