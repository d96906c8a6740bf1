package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The accounts of the shards at hand that wait for an operator, each with how many records it has parked. */
final class ParkedAccounts {

    private final Map<Integer, Map<String, Integer>> byShard = new HashMap<>();

    /** Reads a shard's anew. */
    void open(LedgerLog ledgerLog, int shard) throws SQLException {
        byShard.put(shard, ledgerLog.parkedAccounts(shard));
    }

    void close(Collection<Integer> shards) {
        shards.forEach(byShard::remove);
    }

    /** How many records it has parked; 0 if it waits for nobody. */
    int parkedOf(int shard, String accountId) {
        return byShard.getOrDefault(shard, Map.of()).getOrDefault(accountId, 0);
    }

    void set(int shard, String accountId, int parked) {
        var accounts = byShard.computeIfAbsent(shard, key -> new HashMap<>());
        if (parked == 0) {
            accounts.remove(accountId);
        } else {
            accounts.put(accountId, parked);
        }
    }

    int count() {
        return byShard.values().stream().mapToInt(Map::size).sum();
    }
}
