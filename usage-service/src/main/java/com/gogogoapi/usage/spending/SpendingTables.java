package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.spending.Reached.What;
import com.gogogoapi.usage.spending.SpendingBook.HoldName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables of what is spent, and of which budgets were told. */
@Repository
class SpendingTables {

    private static final int BATCH = 1_000;

    private static final String SPENT = """
        select s.* from unnest(?::text[], ?::text[], ?::uuid[]) as n(account_id, scope_kind, scope_id)
          join spending s using (account_id, scope_kind, scope_id)\
        """;

    private static final String HOLDS = """
        select h.* from unnest(?::text[], ?::uuid[]) as n(account_id, request_id)
          join counted_hold h using (account_id, request_id)\
        """;

    private static final String WRITE = """
        insert into spending values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (account_id, scope_kind, scope_id, window_kind) do update
           set start = excluded.start, spent_usd = excluded.spent_usd, limit_usd = excluded.limit_usd,
               warn_only = excluded.warn_only\
        """;

    private final JdbcTemplate jdbc;

    SpendingTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Whose spending it is. */
    record Owner(AccountId account, BudgetScope scope) {}

    Map<Place, Spent> spent(Set<Owner> owners) {
        var spent = new HashMap<Place, Spent>();
        if (!owners.isEmpty()) {
            jdbc.query(
                    SPENT,
                    statement -> {
                        var connection = statement.getConnection();
                        statement.setArray(1, array(connection, "text", owners, owner -> owner.account()
                                .value()));
                        statement.setArray(2, array(connection, "text", owners, owner -> owner.scope()
                                .kind()
                                .name()));
                        statement.setArray(3, array(connection, "uuid", owners, owner -> owner.scope()
                                .id()));
                    },
                    row -> {
                        spent.put(place(row), spent(row));
                    });
        }
        return spent;
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                new AccountId(row.getString("account_id")),
                new BudgetScope(
                        BudgetScope.Kind.valueOf(row.getString("scope_kind")), row.getObject("scope_id", UUID.class)),
                BudgetWindow.valueOf(row.getString("window_kind")));
    }

    private static Spent spent(ResultSet row) throws SQLException {
        var limit = row.getBigDecimal("limit_usd");
        return new Spent(
                row.getTimestamp("start").toInstant(),
                new Usd(row.getBigDecimal("spent_usd")),
                limit == null ? null : new Usd(limit),
                row.getBoolean("warn_only"));
    }

    Map<HoldName, CountedHold> holds(Set<HoldName> names) {
        var holds = new HashMap<HoldName, CountedHold>();
        if (!names.isEmpty()) {
            jdbc.query(
                    HOLDS,
                    statement -> {
                        var connection = statement.getConnection();
                        statement.setArray(1, array(connection, "text", names, name -> name.account()
                                .value()));
                        statement.setArray(2, array(connection, "uuid", names, HoldName::requestId));
                    },
                    row -> {
                        holds.put(
                                new HoldName(
                                        new AccountId(row.getString("account_id")),
                                        row.getObject("request_id", UUID.class)),
                                new CountedHold(row.getTimestamp("counted_at").toInstant(), scopes(row)));
                    });
        }
        return holds;
    }

    /** As they are written: the kind, a colon and the id. */
    private static List<BudgetScope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(text -> text.split(":", 2))
                .map(parts -> new BudgetScope(BudgetScope.Kind.valueOf(parts[0]), UUID.fromString(parts[1])))
                .toList();
    }

    private static <T> java.sql.Array array(
            Connection connection, String type, Collection<T> values, Function<T, Object> part) throws SQLException {
        return connection.createArrayOf(type, values.stream().map(part).toArray());
    }

    void write(Map<Place, Spent> changed) {
        jdbc.batchUpdate(WRITE, changed.entrySet(), BATCH, (statement, entry) -> {
            var place = entry.getKey();
            var spent = entry.getValue();
            statement.setString(1, place.account().value());
            statement.setString(2, place.scope().kind().name());
            statement.setObject(3, place.scope().id());
            statement.setString(4, place.window().name());
            statement.setTimestamp(5, Timestamp.from(spent.start()));
            statement.setBigDecimal(6, spent.spentUsd().amount());
            statement.setBigDecimal(7, amount(spent));
            statement.setBoolean(8, spent.warnOnly());
        });
    }

    private static @Nullable BigDecimal amount(Spent spent) {
        return spent.limitUsd() == null ? null : spent.limitUsd().amount();
    }

    void writeHolds(Map<HoldName, Optional<CountedHold>> changed) {
        var begun = changed.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .toList();
        jdbc.batchUpdate(
                "insert into counted_hold values (?, ?, ?, ?) on conflict do nothing",
                begun,
                BATCH,
                (statement, entry) -> {
                    var hold = entry.getValue().orElseThrow();
                    statement.setString(1, entry.getKey().account().value());
                    statement.setObject(2, entry.getKey().requestId());
                    statement.setTimestamp(3, Timestamp.from(hold.at()));
                    statement.setArray(
                            4,
                            array(
                                    statement.getConnection(),
                                    "text",
                                    hold.scopes(),
                                    scope -> scope.kind() + ":" + scope.id()));
                });
        var ended = new LinkedHashSet<HoldName>();
        changed.forEach((name, hold) -> {
            if (hold.isEmpty()) {
                ended.add(name);
            }
        });
        jdbc.batchUpdate(
                "delete from counted_hold where account_id = ? and request_id = ?", ended, BATCH, (statement, name) -> {
                    statement.setString(1, name.account().value());
                    statement.setObject(2, name.requestId());
                });
    }

    /** False if it was told before. What was told of the budget's earlier windows is forgotten. */
    boolean isNews(What what) {
        var place = what.place();
        var key = new Object[] {
            place.account().value(),
            place.scope().kind().name(),
            place.scope().id(),
            place.window().name(),
            Timestamp.from(what.start())
        };
        jdbc.update("""
                delete from told_budget
                 where account_id = ? and scope_kind = ? and scope_id = ? and window_kind = ? and start < ?\
                """, key);
        var told = Arrays.copyOf(key, key.length + 2);
        told[key.length] = what.limitUsd().amount();
        told[key.length + 1] = what.level().name();
        return jdbc.update("insert into told_budget values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing", told) == 1;
    }

    void forget() {
        jdbc.execute("truncate spending, counted_hold");
    }
}
