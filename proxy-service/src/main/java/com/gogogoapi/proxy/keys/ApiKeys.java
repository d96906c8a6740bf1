package com.gogogoapi.proxy.keys;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * API keys: {@code sk-gogogo-} and 256 random bits. Only a key's SHA-256 is stored; a key of full entropy needs no salt.
 * Every request looks its key up, so a revoked key stops at once, on every instance.
 */
@Repository
public class ApiKeys {

    static final String PREFIX = "sk-gogogo-";

    private static final int KEY_BYTES = 32;
    private static final int MAX_KEY_CHARS = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    ApiKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A key as it is shown, once. */
    public record Issued(String keyId, String apiKey) {}

    /** Who calls: the account and the key it used. */
    public record Caller(AccountId account, String keyId, String label) {}

    public Issued issue(AccountId account, String label) {
        var random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        var key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var keyId = "key_" + TimeOrderedIds.next().toString().replace("-", "");
        jdbc.sql("insert into api_key (key_id, account_id, label, key_hash, last_four, created_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        keyId,
                        account.value(),
                        label,
                        hash(key),
                        key.substring(key.length() - 4),
                        Timestamp.from(clock.instant()))
                .update();
        return new Issued(keyId, key);
    }

    /** Whose key this is, while it is valid. */
    public Optional<Caller> callerOf(String key) {
        if (!key.startsWith(PREFIX) || key.length() > MAX_KEY_CHARS) {
            return Optional.empty();
        }
        return jdbc.sql("select account_id, key_id, label from api_key where key_hash = ? and revoked_at is null")
                .param(hash(key))
                .query((row, number) -> new Caller(new AccountId(row.getString(1)), row.getString(2), row.getString(3)))
                .optional();
    }

    /** Revokes the account's key; again changes nothing. False if the account has no such key. */
    public boolean revoke(AccountId account, String keyId) {
        return jdbc.sql("update api_key set revoked_at = coalesce(revoked_at, ?) where account_id = ? and key_id = ?")
                        .params(Timestamp.from(clock.instant()), account.value(), keyId)
                        .update()
                == 1;
    }

    public int countOf(AccountId account) {
        return jdbc.sql("select count(*) from api_key where account_id = ? and revoked_at is null")
                .param(account.value())
                .query(Integer.class)
                .single();
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
