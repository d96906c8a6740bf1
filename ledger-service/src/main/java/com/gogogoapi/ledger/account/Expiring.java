package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.time.Instant;

/**
 * The clock's word that a life is over, decided by what the account knows and not by what was announced.
 *
 * <p>A hold is released. A grant goes in parts: whenever it is announced, as much as is left of it and is free.
 */
final class Expiring {

    private Expiring() {}

    static Decision decide(AccountState state, HoldExpiryDue due, Instant at) {
        var hold = state.openHolds().get(due.requestId());
        return hold == null || at.isBefore(hold.expiresAt())
                ? new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE)
                : Completing.release(state, hold, due, Outcome.HOLD_EXPIRED, at);
    }

    static Decision decide(AccountState state, GrantExpiryDue due, Instant at) {
        var open = state.lots().of(due.requestId());
        if (open.isEmpty()) {
            return new Decision.Ignored(Decision.Ignored.Reason.NOTHING_LEFT);
        }
        var expiresAt = open.get().getKey().expiresAt();
        if (expiresAt == null || at.isBefore(expiresAt)) {
            return new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE);
        }
        var lot = open.get().getValue();
        var amount = state.lots().free(open.get(), state.balance().heldUsd());
        var part = lot.expiredParts() + 1;
        if (!amount.isPositive() || (part == CreditExpired.MAX_PARTS && amount.isLessThan(lot.leftUsd()))) {
            return new Decision.Ignored(Decision.Ignored.Reason.ALL_HELD);
        }
        return new Decision.NewEvent(new CreditExpired(
                due.accountId(),
                due.requestId(),
                part,
                amount,
                at,
                state.balance().expired(amount)));
    }
}
