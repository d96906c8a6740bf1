package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.util.List;

/** How an attempt ended, as far as the ledger says. */
enum KnownEnd {
    /** The ledger has not heard of it. */
    NEVER_BEGUN,
    /** It was refused, or released for good: it cannot be charged any more. */
    FREE,
    /** Its credit is held: it runs, or whoever ran it is gone. */
    OPEN,
    /** Its hold expired: it is charged should its completion surface. */
    EXPIRED,
    CHARGED;

    /** @param events all of the request's, oldest first */
    static KnownEnd of(List<LedgerEvent> events) {
        var end = NEVER_BEGUN;
        for (var event : events) {
            end = after(event, end);
        }
        return end;
    }

    private static KnownEnd after(LedgerEvent event, KnownEnd before) {
        if (event instanceof CreditSettled) {
            return CHARGED;
        }
        if (event instanceof CreditReleased released) {
            return released.outcome() == Outcome.HOLD_EXPIRED ? EXPIRED : FREE;
        }
        if (event instanceof CreditReserved) {
            return OPEN;
        }
        return event instanceof CreditRefused ? FREE : before;
    }
}
