package com.gogogoapi.proxy.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Accounts and keys in the proxy's own tables, where they were until version 0.4. Nothing is written there any more but the
 * mark of what was handed over, and by instances of that version until they too are upgraded.
 */
@Repository
class EarlierRows {

    private final JdbcClient jdbc;

    EarlierRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** As the account-service takes it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Account(
            String account_id,
            String name,
            String created_at,
            @Nullable String idempotency_key) {}

    /** As the account-service takes it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Key(
            String key_id,
            String account_id,
            String label,
            String key_hash,
            String last_four,
            String created_at,
            @Nullable String revoked_at) {}

    List<Account> accountsToHandOver(int limit) {
        return jdbc.sql("select * from account where handed_over_at is null order by account_id limit ?")
                .param(limit)
                .query((row, number) -> new Account(
                        row.getString("account_id"),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant().toString(),
                        row.getString("idempotency_key")))
                .list();
    }

    /** Of accounts that were; also those that were revoked here after they were handed over. */
    List<Key> keysToHandOver(int limit) {
        return jdbc.sql("""
                        select key.* from api_key key join account using (account_id)
                         where (key.handed_over_at is null or key.revoked_at is not null and not key.handed_over_revoked)
                           and account.handed_over_at is not null
                         order by key_id limit ?""").param(limit).query((row, number) -> key(row)).list();
    }

    private static Key key(ResultSet row) throws SQLException {
        var revoked = row.getTimestamp("revoked_at");
        return new Key(
                row.getString("key_id"),
                row.getString("account_id"),
                row.getString("label"),
                HexFormat.of().formatHex(row.getBytes("key_hash")),
                row.getString("last_four"),
                row.getTimestamp("created_at").toInstant().toString(),
                revoked == null ? null : revoked.toInstant().toString());
    }

    void markAccounts(List<Account> accounts) {
        jdbc.sql("update account set handed_over_at = now() where account_id = any(:ids)")
                .param("ids", accounts.stream().map(Account::account_id).toArray(String[]::new))
                .update();
    }

    /** As they were read: of a key that was revoked meanwhile that is yet to be told. */
    void markKeys(List<Key> keys) {
        for (var revoked : List.of(true, false)) {
            jdbc.sql(
                            "update api_key set handed_over_at = now(), handed_over_revoked = :revoked where key_id = any(:ids)")
                    .param("revoked", revoked)
                    .param(
                            "ids",
                            keys.stream()
                                    .filter(key -> (key.revoked_at() != null) == revoked)
                                    .map(Key::key_id)
                                    .toArray(String[]::new))
                    .update();
        }
    }
}
