package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.Event;
import java.time.Instant;
import java.util.UUID;

/** One entry of an account's append-only log. */
public sealed interface LedgerEvent extends Event
        permits CreditGranted,
                CreditReserved,
                CreditRefused,
                CreditSettled,
                CreditReleased,
                CreditExpired,
                CreditRevoked,
                ParkedAccountResumed,
                InstallationEvent {

    AccountId accountId();

    UUID requestId();

    /** When it was decided: the broker's time of the intake record, so a replay never reads a clock. */
    Instant decidedAt();

    /** The account's balance right after this event. */
    Balance balance();
}
