package com.gogogoapi.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Databases and who may what in them: each belongs to a role of the same name, which is no superuser and gets into no
 * other; who only reads gets into one and reads it.
 *
 * <p>Everything is said anew each time, so data of a time when all belonged to the superuser becomes what it should be.
 */
final class PostgresRoles {

    private static final String EXISTS_DATABASE = "select 1 from pg_database where datname = ?";
    private static final String EXISTS_ROLE = "select 1 from pg_roles where rolname = ?";

    /** What is not its owner's by itself, as a table's indexes and sequences are. */
    private static final String NOT_YET_OWNED = """
            select format('alter %s %s owner to %I',
                          case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                                       else 'table' end,
                          c.oid::regclass, current_database())
              from pg_class c
             where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
               and pg_get_userbyid(relowner) <> current_database()
               and not exists (select 1 from pg_depend d
                                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
            union all
            select format('alter routine %s owner to %I', oid::regprocedure, current_database())
              from pg_proc
             where pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) <> current_database()""";

    private final Connection server;

    /** @param server of the superuser, to any database of the server */
    PostgresRoles(Connection server) {
        this.server = server;
    }

    /** A database and its owner. */
    void ownDatabase(String name, String password) throws SQLException {
        login(name, password);
        if (!exists(EXISTS_DATABASE, name)) {
            execute("create database " + name);
        }
        execute("alter database %1$s owner to %1$s".formatted(name));
        // Who is not named may not even look in.
        execute("revoke all on database " + name + " from public");
    }

    /** One who reads the database, later tables too, and no other. */
    void letRead(String role, String password, String database) throws SQLException {
        login(role, password);
        execute("alter role " + role + " set default_transaction_read_only = on");
        execute("grant pg_read_all_data to " + role);
        execute("grant connect on database %s to %s".formatted(database, role));
    }

    private void login(String role, String password) throws SQLException {
        if (!exists(EXISTS_ROLE, role)) {
            execute("create role " + role);
        }
        execute("alter role %s with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '%s'"
                .formatted(role, password));
    }

    /** @param database of the superuser, to the database whose content is to be its owner's */
    static void giveContentToOwner(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            List<String> changes = new ArrayList<>();
            try (var rows = statement.executeQuery(NOT_YET_OWNED)) {
                while (rows.next()) {
                    changes.add(rows.getString(1));
                }
            }
            for (var change : changes) {
                statement.execute(change);
            }
        }
    }

    private boolean exists(String query, String name) throws SQLException {
        try (var find = server.prepareStatement(query)) {
            find.setString(1, name);
            try (var found = find.executeQuery()) {
                return found.next();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = server.createStatement()) {
            statement.execute(sql);
        }
    }
}
