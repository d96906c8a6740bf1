package com.gogogoapi.account.keys;

import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What whole accounts and members may spend and how fast they may go, in PostgreSQL. */
@Repository
public class LimitRows {

    /** Who set an account's limits. What both set holds. */
    public enum SetBy {
        /** Operators, for the installation. */
        OPERATOR("limits"),
        /** Its own owners, admins and who sees to its money. */
        ACCOUNT("own_limits");

        private final String column;

        SetBy(String column) {
            this.column = column;
        }
    }

    private static final String SELECT = """
            select account.limits as account_limits, own_limits, membership.role as member_role,
                   membership.limits as member_limits
              from account left join membership on membership.account_id = account.account_id and person_id = :member
             where account.account_id = :account""";

    private final JdbcClient jdbc;

    LimitRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of a row that has {@code member_role} and {@code member_limits}, null for no member, and both of its account's limits. */
    static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                role(row.getString("member_role")), readOrNone(row.getString("member_limits")), accountLimits(row));
    }

    private static Limits accountLimits(ResultSet row) throws SQLException {
        return Limits.read(row.getString("account_limits")).and(Limits.read(row.getString("own_limits")));
    }

    private static @Nullable MemberRole role(@Nullable String name) {
        return name == null ? null : MemberRole.valueOf(name);
    }

    private static Limits readOrNone(@Nullable String json) {
        return json == null ? Limits.NONE : Limits.read(json);
    }

    /** A member as the holder of keys; empty if he is none. */
    Optional<Holder> holder(AccountId account, UUID member) {
        return jdbc.sql(SELECT)
                .param("member", member)
                .param("account", account.value())
                .query((row, number) -> holder(row))
                .optional()
                .filter(holder -> holder.role() != null);
    }

    /** All that binds an account's keys together, whoever set it. */
    Limits boundOf(AccountId account) {
        return of(account, SetBy.OPERATOR).and(of(account, SetBy.ACCOUNT));
    }

    Limits of(AccountId account, SetBy by) {
        return Limits.read(jdbc.sql("select " + by.column + " from account where account_id = ?")
                .param(account.value())
                .query(String.class)
                .single());
    }

    void set(AccountId account, SetBy by, Limits limits) {
        jdbc.sql("update account set " + by.column + " = ? where account_id = ?")
                .params(limits.json(), account.value())
                .update();
    }

    void set(AccountId account, UUID member, Limits limits) {
        jdbc.sql("update membership set limits = ? where account_id = ? and person_id = ?")
                .params(limits.json(), account.value(), member)
                .update();
    }
}
