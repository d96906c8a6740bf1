package com.gogogoapi.ledger.account.planted;

import org.springframework.stereotype.Component;

/** Planted: a decision that only a framework can call. */
@Component
public final class KnowsAFramework {

    private KnowsAFramework() {}
}
