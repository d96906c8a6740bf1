package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is made of a topic is the same however often it is made: every table is compared, row for row. */
@Tag("integration")
class RebuildTest {

    private static final int SHARD = 11;
    private static final AccountId A = new AccountId("acct_rebuild_a");
    private static final AccountId B = new AccountId("acct_rebuild_b");
    private static final List<Made> HISTORY = MadeHistory.of(
            11,
            List.of(new Account(A, SHARD), new Account(B, SHARD)),
            3_000,
            Instant.parse("2026-02-20T00:00:00Z"),
            Instant.parse("2026-04-20T00:00:00Z"));
    private static final Database DATABASE = Infrastructure.shared().newDatabase("usage_rebuild");

    /** All of it is said by the rows of these accounts and this shard: of others' shards others may have stopped the reading. */
    private static final Map<String, String> OURS =
            Map.of("account_id", " where account_id like 'acct_rebuild%'", "shard", " where shard = " + SHARD);

    private static RunningUsage usage;

    @BeforeAll
    static void read() {
        usage = RunningUsage.start(DATABASE);
        for (var account : List.of(A, B)) {
            var set = usage.send(
                    "PUT",
                    "/internal/alerts",
                    Map.of("gogogoapi-account", account.value()),
                    "{\"low_balance_usd\":\"1.00\"}");
            assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        }
        RunningUsage.publish(HISTORY);
        usage.awaitSequence(SHARD, HISTORY.size());
    }

    @AfterAll
    static void stop() {
        usage.close();
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password());
    }

    /** The rows of every table, in an order of their own. */
    private static Map<String, List<String>> contents() throws SQLException {
        var contents = new TreeMap<String, List<String>>();
        try (var connection = connection()) {
            for (var table : tables(connection).entrySet()) {
                var rows = new ArrayList<String>();
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery(
                                "select r::text from " + table.getKey() + " r" + table.getValue() + " order by 1")) {
                    while (row.next()) {
                        rows.add(row.getString(1));
                    }
                }
                contents.put(table.getKey(), rows);
            }
        }
        return contents;
    }

    /** Every table of the service, and which of its rows are compared. */
    private static Map<String, String> tables(Connection connection) throws SQLException {
        var tables = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var column = statement.executeQuery("""
                    select table_name, column_name from information_schema.columns
                     where table_schema = 'public' and table_name <> 'flyway_schema_history'\
                    """)) {
            while (column.next()) {
                var ours = OURS.getOrDefault(column.getString(2), "");
                tables.merge(column.getString(1), ours, (one, other) -> one.isEmpty() ? other : one);
            }
        }
        return tables;
    }

    @Test
    void everyTableIsTheSame() throws SQLException {
        var before = contents();
        for (var table :
                List.of("request", "rollup", "spending", "counted_hold", "alert", "told_budget", "used_route")) {
            assertThat(before.get(table)).as(table).isNotEmpty();
        }
        assertThat(usage.rebuild().path("rebuilding").asBoolean()).isTrue();
        usage.awaitSequence(SHARD, HISTORY.size());
        var after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        for (var table : before.keySet()) {
            if (table.equals("followed_shard")) {
                // Its generation is another one, and that is all of it.
                assertThat(after.get(table).toString().replaceFirst(",2,", ",1,"))
                        .isEqualTo(before.get(table).toString());
            } else {
                assertThat(missing(before.get(table), after.get(table)))
                        .as(table + ": gone")
                        .isEmpty();
                assertThat(missing(after.get(table), before.get(table)))
                        .as(table + ": new")
                        .isEmpty();
                assertThat(after.get(table)).as(table).hasSameSizeAs(before.get(table));
            }
        }
    }

    /** A few of the rows that the one has and the other has not. */
    private static List<String> missing(List<String> these, List<String> those) {
        var rest = new ArrayList<>(these);
        rest.removeAll(new HashSet<>(those));
        return rest.subList(0, Math.min(3, rest.size()));
    }

    @Test
    void whatIsSpentIsWhatWasChargedForItsHolds() throws SQLException {
        var expected = new HashMap<String, BigDecimal>();
        var holds = new HashMap<UUID, CreditReserved>();
        for (var made : HISTORY) {
            if (made.event() instanceof CreditReserved hold) {
                holds.put(hold.requestId(), hold);
                hold.scopes().forEach(scope -> expected.putIfAbsent(name(hold.accountId(), scope), BigDecimal.ZERO));
            } else if (made.event() instanceof CreditSettled charge) {
                holds.get(charge.requestId())
                        .scopes()
                        .forEach(scope -> expected.merge(
                                name(charge.accountId(), scope),
                                charge.chargedUsd().amount(),
                                BigDecimal::add));
            }
        }
        var counted = new HashMap<String, BigDecimal>();
        try (var connection = connection();
                var statement = connection.prepareStatement(
                        "select account_id, scope_kind, scope_id, spent_usd from spending where window_kind = ?")) {
            statement.setString(1, BudgetWindow.TOTAL.name());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getString(1).startsWith("acct_rebuild")) {
                        counted.put(
                                row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
                                new Usd(row.getBigDecimal(4)).amount());
                    }
                }
            }
        }
        expected.replaceAll((scope, usd) -> new Usd(usd).amount());
        assertThat(counted).isEqualTo(expected);
    }

    private static String name(AccountId account, BudgetScope scope) {
        return account.value() + " " + scope.kind() + " " + scope.id();
    }
}
