package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.quote.ExecutionIds;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.keys.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Executes a presented quote, once. Its request in the ledger is named after it, so whoever comes second is shown the hold
 * of who came first; only if that ended without a charge, or was refused, is it tried under the next name.
 */
@Component
class QuoteExecution {

    private final Quoting quoting;
    private final Ledger ledger;

    QuoteExecution(Quoting quoting, Ledger ledger) {
        this.quoting = quoting;
        this.ledger = ledger;
    }

    HeldRequest begin(Caller caller, UUID attemptId, Holds.Asked asked, PresentedQuote presented) {
        for (var attempt = 1; attempt <= ExecutionIds.MAX_ATTEMPTS; attempt++) {
            var requestId = ExecutionIds.of(presented.quote(), attempt);
            var quoted = quoting.execute(caller, requestId, asked, presented, attempt, attemptId);
            // Another may have got the hold meanwhile: if it is ours and comes after all, it expires.
            switch (quoted.decision().orElseThrow(HoldRefusals::notDecided)) {
                case CreditReserved reserved -> {
                    if (attemptId.equals(reserved.attemptId())) {
                        return new HeldRequest(reserved, quoted.quote());
                    }
                    if (!endedFree(caller.account(), requestId)) {
                        throw HoldRefusals.usedUp();
                    }
                }
                case CreditRefused refused -> {
                    if (attemptId.equals(refused.attemptId())) {
                        throw HoldRefusals.of(refused, quoted.quote());
                    }
                }
                case RateExceeded tooSoon -> throw HoldRefusals.of(tooSoon);
                case LedgerEvent other -> throw HoldRefusals.noAnswer(other);
            }
        }
        throw HoldRefusals.usedUp();
    }

    private boolean endedFree(AccountId account, UUID requestId) {
        return ledger.knownEnd(account, requestId)
                .map(end -> end instanceof CreditReleased released && isFinal(released.outcome()))
                .orElse(false);
    }

    private static boolean isFinal(Outcome release) {
        return switch (release) {
            // It can still be charged, should its completion surface.
            case HOLD_EXPIRED -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, CLIENT_LEFT_AGAIN -> true;
            case UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY, INTERRUPTED_MIDWAY -> true;
            case UPSTREAM_FAILED, TIMED_OUT, INTERRUPTED, NOTHING_SERVED, CLIENT_LEFT_EARLY -> true;
        };
    }
}
