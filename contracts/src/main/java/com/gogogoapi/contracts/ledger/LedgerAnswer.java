package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.Event;
import java.util.UUID;

/** What the ledger answers to who asked: an entry of the log, or that it is too soon. */
public sealed interface LedgerAnswer extends Event permits LedgerEvent, RateExceeded {

    AccountId accountId();

    UUID requestId();
}
