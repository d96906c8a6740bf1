package com.gogogoapi.proxy.decisions;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerAnswer;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.RateExceeded;
import java.util.UUID;

/** Which decision is waited for: a request's answer (held, refused, granted, revoked, transferred) or its end (settled, released, expired). */
record Expected(UUID requestId, Step step) {

    enum Step {
        ANSWER,
        END
    }

    static Expected answerTo(UUID requestId) {
        return new Expected(requestId, Step.ANSWER);
    }

    static Expected endOf(UUID requestId) {
        return new Expected(requestId, Step.END);
    }

    static Expected answeredBy(LedgerAnswer answer) {
        return switch (answer) {
            case RateExceeded tooSoon -> answerTo(tooSoon.requestId());
            case CreditGranted granted -> answerTo(granted.requestId());
            case CreditReserved reserved -> answerTo(reserved.requestId());
            case CreditRefused refused -> answerTo(refused.requestId());
            case CreditSettled settled -> endOf(settled.requestId());
            case CreditReleased released -> endOf(released.requestId());
            case CreditRevoked revoked -> answerTo(revoked.requestId());
            case CreditTransferred transferred -> answerTo(transferred.requestId());
            case CreditExpired expired -> endOf(expired.requestId());
            case ParkedAccountResumed resumed -> answerTo(resumed.requestId());
            case InstallationEvent done -> answerTo(done.requestId());
        };
    }
}
