package com.gogogoapi.evidence.planted;

import java.sql.Connection;

/** Planted: evidence that only somebody with a database can check. */
public final class KnowsADatabase {

    private KnowsADatabase() {}

    public static void use(Connection connection) {}
}
