package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import java.time.Instant;
import java.util.List;

/** A completion whose hold has ended, or never was: only an expired one can still be charged, and only once. */
final class LateCompletion {

    private LateCompletion() {}

    static Decision decide(AccountState state, UpstreamCompleted completed, Instant at, List<LedgerEvent> history) {
        if (history.isEmpty() || !(history.getFirst() instanceof CreditReserved reserved)) {
            return new Decision.Ignored(Decision.Ignored.Reason.NO_HOLD);
        }
        var usage = completed.usage();
        if (usage != null
                && history.getLast() instanceof CreditReleased released
                && canBeChargedLate(released.outcome())) {
            return Completing.settleLate(state, reserved, completed, usage, at);
        }
        return new Decision.Repeated(history.getLast());
    }

    /** Only of a hold that the ledger gave up itself is it open how its request ended. */
    private static boolean canBeChargedLate(Outcome release) {
        return switch (release) {
            case HOLD_EXPIRED -> true;
            case UPSTREAM_FAILED, TIMED_OUT, INTERRUPTED, NOTHING_SERVED, CLIENT_LEFT_EARLY -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, CLIENT_LEFT_AGAIN -> false;
            case UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY, INTERRUPTED_MIDWAY -> false;
        };
    }
}
