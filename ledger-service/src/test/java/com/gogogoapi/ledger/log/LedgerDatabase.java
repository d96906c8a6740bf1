package com.gogogoapi.ledger.log;

import com.gogogoapi.embedded.Infrastructure;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Empty ledgers in a real PostgreSQL. */
public final class LedgerDatabase {

    private LedgerDatabase() {}

    /** One with the ledger's tables, which nobody else uses. */
    public static DataSource empty(String name) {
        var database = Infrastructure.shared().newDatabase(name);
        var postgres = new PGSimpleDataSource();
        postgres.setUrl(database.jdbcUrl());
        postgres.setUser(database.username());
        postgres.setPassword(database.password());
        Flyway.configure()
                .dataSource(postgres)
                .locations("classpath:db/ledger-service")
                .load()
                .migrate();
        return postgres;
    }
}
