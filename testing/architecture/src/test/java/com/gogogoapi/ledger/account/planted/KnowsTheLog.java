package com.gogogoapi.ledger.account.planted;

import com.gogogoapi.ledger.log.StoredEvent;

/** Planted: a decision that depends on how it is stored. */
public final class KnowsTheLog {

    private KnowsTheLog() {}

    public static long use(StoredEvent event) {
        return event.pos();
    }
}
