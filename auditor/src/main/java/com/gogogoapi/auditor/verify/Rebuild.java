package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.log.LogRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** All accounts of one shard, rebuilt from one source alone, and the shard's books beside them. */
final class Rebuild {

    /** Expired holds that are kept in mind for a late charge; beyond them the oldest is forgotten. */
    private static final int MAX_EXPIRED = 100_000;

    private final Map<String, AuditedAccount> accounts = new HashMap<>();
    private final TrialBalance.Sum books = new TrialBalance.Sum(TrialBalance.EMPTY);
    private final Map<UUID, AuditedAccount.AuditedHold> expired = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, AuditedAccount.AuditedHold> eldest) {
            return size() > MAX_EXPIRED;
        }
    };

    AuditedAccount apply(LogRow row, LedgerEvent event) throws Discrepancy {
        var account = accounts.computeIfAbsent(row.accountId(), id -> new AuditedAccount(id, expired));
        account.apply(row.seq(), event);
        books.add(event);
        return account;
    }

    Map<String, AuditedAccount> accounts() {
        return accounts;
    }

    TrialBalance books() {
        return books.soFar();
    }
}
