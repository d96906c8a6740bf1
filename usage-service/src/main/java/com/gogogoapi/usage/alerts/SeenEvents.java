package com.gogogoapi.usage.alerts;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Up to where the ledger's events were looked at for something to tell. Never put back: a rebuild says nothing twice. */
@Repository
public class SeenEvents {

    private final JdbcClient jdbc;

    SeenEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last one of a shard; 0 before the first. Within a transaction that reads events: the last one before them. */
    public long until(int shard) {
        return jdbc.sql("select sequence from seen_shard where shard = ?")
                .param(shard)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    void moveTo(int shard, long sequence) {
        jdbc.sql("""
            insert into seen_shard values (?, ?)
            on conflict (shard) do update set sequence = excluded.sequence\
            """).params(shard, sequence).update();
    }
}
