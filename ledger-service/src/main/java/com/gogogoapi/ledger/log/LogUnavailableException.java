package com.gogogoapi.ledger.log;

import java.sql.SQLException;
import java.util.Set;

/** PostgreSQL did not answer as it should; carried through code, Axon's for one, that knows no checked exceptions. */
public final class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** SQLSTATE classes 22 and 23: data exception, integrity constraint violation (SQL standard). */
    private static final Set<String> OF_THE_ROWS = Set.of("22", "23");

    public LogUnavailableException(SQLException cause) {
        super(cause);
    }

    /** Whether the database refused the rows themselves, so that trying the same again would fail again. */
    public boolean refusedTheRows() {
        return getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().length() > 2
                && OF_THE_ROWS.contains(sql.getSQLState().substring(0, 2));
    }
}
