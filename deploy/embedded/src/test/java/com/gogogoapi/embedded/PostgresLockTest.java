package com.gogogoapi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody reads a row without a password, and nobody who has one gets further than his own database. */
@Tag("integration")
class PostgresLockTest {

    /** SQLSTATE of a wrong or missing password, and of what one has no right to. */
    private static final String NOT_AUTHENTICATED = "28P01";

    private static final String NOT_ALLOWED = "42501";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static Database ledger;
    private static Database proxy;
    private static Database auditor;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        ledger = postgres.database("ledger");
        proxy = postgres.database("proxy");
        auditor = postgres.readOnly("ledger", "auditor", Passwords.generate());
        execute(ledger, "create table account (id text primary key)", "insert into account values ('acct_1')");
        execute(proxy, "create table key (secret text)", "insert into key values ('s')");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void asksEverybodyForAPassword() {
        for (var user : List.of("postgres", "ledger", "auditor", System.getProperty("user.name"))) {
            for (var database : List.of("ledger", "proxy", "postgres", "template1")) {
                for (var password : List.of("", "postgres", "a guess")) {
                    var guess = new Database(ledger.jdbcUrl().replace("/ledger", "/" + database), user, password);
                    assertThatThrownBy(() -> connect(guess))
                            .as("%s in %s", user, database)
                            .isInstanceOf(SQLException.class);
                }
            }
        }
        assertThatThrownBy(() -> connect(new Database(ledger.jdbcUrl(), "postgres", "a guess")))
                .hasFieldOrPropertyWithValue("SQLState", NOT_AUTHENTICATED);
    }

    @Test
    void letsAServiceIntoItsOwnDatabaseAlone() throws Exception {
        execute(ledger, "create table more (id int)", "drop table more");
        var elsewhere = new Database(proxy.jdbcUrl(), ledger.username(), ledger.password());
        assertThatThrownBy(() -> connect(elsewhere)).hasFieldOrPropertyWithValue("SQLState", NOT_ALLOWED);
        assertRefused(ledger, "create role mine superuser");
        assertRefused(ledger, "alter role ledger superuser");
        assertRefused(ledger, "select pg_read_file('postgresql.conf')");
        assertRefused(ledger, "copy account to program 'cat'");
    }

    @Test
    void letsTheAuditorReadTheLedgerAndNothingElse() throws Exception {
        try (var connection = connect(auditor);
                var rows = connection.createStatement().executeQuery("select id from account")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("acct_1");
        }
        execute(ledger, "create table if not exists made_later (id int)");
        execute(auditor, "select * from made_later");
        assertThatThrownBy(() -> execute(auditor, "insert into account values ('acct_2')"))
                .isInstanceOf(SQLException.class);
        for (var write : List.of("insert into account values ('acct_2')", "create table mine (id int)")) {
            assertRefused(auditor, "set default_transaction_read_only = off", write);
        }
        var elsewhere = new Database(proxy.jdbcUrl(), auditor.username(), auditor.password());
        assertThatThrownBy(() -> connect(elsewhere)).hasFieldOrPropertyWithValue("SQLState", NOT_ALLOWED);
    }

    @Test
    void keepsItsDataAndItsSecretFromOthers() throws Exception {
        var data = folder.resolve("postgres");
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("cluster"))).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("superuser-password"))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertRefused(Database as, String... sql) {
        assertThatThrownBy(() -> execute(as, sql))
                .as(String.join("; ", sql))
                .hasFieldOrPropertyWithValue("SQLState", NOT_ALLOWED);
    }

    static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    static void execute(Database database, String... statements) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
