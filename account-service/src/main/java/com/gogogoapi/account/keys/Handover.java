package com.gogogoapi.account.keys;

import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.identity.AccountId;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts and keys as the proxy kept them until version 0.4. What is here already stays as it is, but for this: a key that
 * was revoked there, by an instance that was not upgraded yet, is revoked here.
 */
@Service
public class Handover {

    private final JdbcClient jdbc;
    private final KeyRows rows;
    private final ApiKeys keys;
    private final ChangeClock changes;

    Handover(JdbcClient jdbc, KeyRows rows, ApiKeys keys, ChangeClock changes) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.keys = keys;
        this.changes = changes;
    }

    public record EarlierAccount(
            AccountId accountId,
            String name,
            Instant createdAt,
            @Nullable String idempotencyKey) {}

    /** @param revokedAt null while it is valid */
    public record EarlierKey(
            String keyId,
            AccountId account,
            String label,
            String hash,
            String lastFour,
            Instant createdAt,
            @Nullable Instant revokedAt) {}

    @Transactional
    public void take(List<EarlierAccount> accounts, List<EarlierKey> earlierKeys) {
        accounts.forEach(this::take);
        // Keys before the one row that every change waits for, as everywhere.
        earlierKeys.stream()
                .filter(key -> key.revokedAt() != null)
                .map(EarlierKey::keyId)
                .sorted()
                .forEach(rows::lock);
        for (var key : earlierKeys) {
            var isNew = rows.add(key(key, changes.take(1)));
            if (!isNew && key.revokedAt() != null) {
                keys.revoke(key.account(), key.keyId());
            }
        }
    }

    private void take(EarlierAccount account) {
        jdbc.sql("""
                        insert into account (account_id, name, created_at, idempotency_key)
                        select :id, :name, :at, case when exists (select 1 from account where idempotency_key = :key) then null else :key end
                            on conflict (account_id) do nothing""")
                .param("id", account.accountId().value())
                .param("name", account.name())
                .param("at", Timestamp.from(account.createdAt()))
                .param("key", account.idempotencyKey(), Types.VARCHAR)
                .update();
    }

    private static ApiKey key(EarlierKey key, long version) {
        return new ApiKey(
                key.keyId(),
                key.account(),
                null,
                KeyPurpose.INFERENCE,
                key.hash(),
                key.lastFour(),
                key.createdAt(),
                key.revokedAt() == null ? KeyStatus.ACTIVE : KeyStatus.REVOKED,
                key.revokedAt(),
                key.keyId(),
                null,
                KeySettings.labelled(key.label()),
                null,
                key.revokedAt() == null ? key.createdAt() : key.revokedAt(),
                version,
                new Holder(null, Limits.NONE, Limits.NONE));
    }
}
