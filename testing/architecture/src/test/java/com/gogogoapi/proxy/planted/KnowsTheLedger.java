package com.gogogoapi.proxy.planted;

import com.gogogoapi.ledger.LedgerService;

/** Planted: a service that knows another one. */
public final class KnowsTheLedger {

    private KnowsTheLedger() {}

    public static void use(LedgerService ledger) {}
}
