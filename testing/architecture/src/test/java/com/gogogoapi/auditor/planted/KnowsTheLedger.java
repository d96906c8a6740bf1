package com.gogogoapi.auditor.planted;

import com.gogogoapi.ledger.account.EventIds;
import java.util.List;
import java.util.UUID;

/** Planted: an auditor that asks the ledger it audits. */
public final class KnowsTheLedger {

    private KnowsTheLedger() {}

    public static List<UUID> use(UUID requestId) {
        return EventIds.ofRequest(requestId);
    }
}
