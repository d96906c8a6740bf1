package com.gogogoapi.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The number of shards that this installation was created with, for ever. */
final class InstallationShards {

    private InstallationShards() {}

    /** @throws IllegalStateException if the database was created with another number than is configured now */
    static void check(JdbcClient jdbc, int configured) {
        jdbc.sql("insert into ledger_installation (shards) values (?) on conflict do nothing")
                .param(configured)
                .update();
        int created = jdbc.sql("select shards from ledger_installation")
                .query(Integer.class)
                .single();
        if (created != configured) {
            throw new IllegalStateException(
                    "gogogoapi.shards must be " + created + ": this installation was created with " + created
                            + " shards, and their number cannot change to " + configured + ".");
        }
    }
}
