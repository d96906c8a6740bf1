package com.gogogoapi.ledger.account.planted;

import java.sql.Connection;

/** Planted: a decision that reads a database. */
public final class KnowsADatabase {

    private KnowsADatabase() {}

    public static void use(Connection connection) {}
}
