package com.gogogoapi.contracts.ledger;

import java.time.Instant;

/** One entry of an account's append-only log. */
public sealed interface LedgerEvent extends LedgerAnswer
        permits CreditGranted,
                CreditReserved,
                CreditRefused,
                CreditSettled,
                CreditReleased,
                CreditExpired,
                CreditRevoked,
                CreditTransferred,
                ParkedAccountResumed,
                InstallationEvent {

    /** When it was decided: the broker's time of the intake record, so a replay never reads a clock. */
    Instant decidedAt();

    /** The account's balance right after this event. */
    Balance balance();
}
