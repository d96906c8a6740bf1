package com.gogogoapi.account.directory;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts in PostgreSQL. */
@Repository
public class Accounts {

    private final JdbcClient jdbc;
    private final Clock clock;

    Accounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public record Account(AccountId accountId, String name) {}

    /** Opens an account; with the same idempotency key again, the same account, whatever the name now says. */
    public Account open(String name, @Nullable String idempotencyKey) {
        var accountId = "acct_" + TimeOrderedIds.next().toString().replace("-", "");
        jdbc.sql("""
                        insert into account (account_id, name, created_at, idempotency_key)
                        values (:id, :name, :at, :key) on conflict (idempotency_key) do nothing""")
                .param("id", accountId)
                .param("name", name)
                .param("at", Timestamp.from(clock.instant()))
                .param("key", idempotencyKey, Types.VARCHAR)
                .update();
        return jdbc.sql("select account_id, name from account where account_id = :id or idempotency_key = :key")
                .param("id", accountId)
                .param("key", idempotencyKey, Types.VARCHAR)
                .query((row, number) -> new Account(new AccountId(row.getString(1)), row.getString(2)))
                .single();
    }

    /**
     * The account that a caller names.
     *
     * @throws ApiError 404 if there is none, or the text cannot be an account's id
     */
    public Account existing(String account) {
        return Optional.of(account)
                .filter(AccountId::isValid)
                .flatMap(id -> jdbc.sql("select account_id, name from account where account_id = ?")
                        .param(id)
                        .query((row, number) -> new Account(new AccountId(row.getString(1)), row.getString(2)))
                        .optional())
                .orElseThrow(() -> ApiError.notFound("There is no such account."));
    }

    /** An account as a list shows it. */
    public record Listed(String accountId, String name, Instant createdAt, int validKeys) {}

    /**
     * The accounts after that one, in the order in which they were opened; from the first if it is empty.
     *
     * @param search an id, a part of a name, or a part of a member's address; empty for all
     */
    public List<Listed> after(String accountId, String search, int limit) {
        return jdbc.sql("""
                        select account_id, name, created_at,
                               (select count(*) from api_key key
                                 where key.account_id = account.account_id and status <> 'REVOKED') as valid_keys
                          from account
                         where account_id > :after
                           and (:search = '' or account_id = :search or strpos(lower(name), lower(:search)) > 0
                                or exists (select from membership join person using (person_id)
                                            where membership.account_id = account.account_id
                                              and strpos(email, lower(:search)) > 0))
                         order by account_id limit :limit""")
                .param("after", accountId)
                .param("search", search)
                .param("limit", limit)
                .query((row, number) -> new Listed(
                        row.getString("account_id"),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getInt("valid_keys")))
                .list();
    }
}
