package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.log.LogRow;
import java.util.HashMap;
import java.util.Map;

/** All accounts of one shard, rebuilt from one source alone, and the shard's books beside them. */
final class Rebuild {

    private final Map<String, AuditedAccount> accounts = new HashMap<>();
    private final TrialBalance.Sum books = new TrialBalance.Sum(TrialBalance.EMPTY);

    AuditedAccount apply(LogRow row, LedgerEvent event) throws Discrepancy {
        var account = accounts.computeIfAbsent(row.accountId(), AuditedAccount::new);
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
