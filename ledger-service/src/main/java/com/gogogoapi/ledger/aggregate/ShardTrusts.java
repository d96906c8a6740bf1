package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Whom each of the shards at hand believes, as its log has it. */
final class ShardTrusts {

    private final Map<Integer, ShardTrust> byShard = new HashMap<>();

    /** Reads a shard's anew. */
    void open(LedgerLog ledgerLog, int shard) throws SQLException {
        byShard.put(shard, ShardTrust.of(ledgerLog, shard));
    }

    void close(Collection<Integer> shards) {
        shards.forEach(byShard::remove);
    }

    ShardTrust of(int shard) {
        return byShard.getOrDefault(shard, ShardTrust.NONE);
    }

    void set(int shard, ShardTrust trust) {
        byShard.put(shard, trust);
    }
}
