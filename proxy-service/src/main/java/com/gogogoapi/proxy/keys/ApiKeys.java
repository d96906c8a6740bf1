package com.gogogoapi.proxy.keys;

import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * API keys: {@code sk-gogogo-} and 256 random bits. Only a key's SHA-256 is stored; a key of full entropy needs no salt.
 * Every request looks its key up, so a revoked key stops at once, on every instance.
 */
@Repository
public class ApiKeys {

    static final String PREFIX = "sk-gogogo-";

    private static final String KEY_ID = "key_";
    private static final int HEX = 16;
    private static final int HEX_OF_HALF = 16;
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
    public record Caller(AccountId account, String keyId, String label) {

        /** As the ledger is told whose request it is. */
        public RequestedBy requestedBy() {
            return RequestedBy.key(uuidOf(keyId));
        }

        /** What its requests are measured against. */
        public Limits limits() {
            return Limits.NONE;
        }
    }

    /** A key's id is {@code key_} and a UUID without its hyphens. */
    private static UUID uuidOf(String keyId) {
        var hex = keyId.substring(KEY_ID.length());
        return new UUID(
                Long.parseUnsignedLong(hex, 0, HEX_OF_HALF, HEX),
                Long.parseUnsignedLong(hex, HEX_OF_HALF, hex.length(), HEX));
    }

    public Issued issue(AccountId account, String label) {
        var random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        var key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var keyId = KEY_ID + TimeOrderedIds.next().toString().replace("-", "");
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

    /**
     * A key as it can be shown again.
     *
     * @param revokedAt null while it is valid
     */
    public record Known(
            String keyId,
            AccountId account,
            String label,
            String lastFour,
            Instant createdAt,
            @Nullable Instant revokedAt) {}

    private static Known known(ResultSet row) throws SQLException {
        var revoked = row.getTimestamp("revoked_at");
        return new Known(
                row.getString("key_id"),
                new AccountId(row.getString("account_id")),
                row.getString("label"),
                row.getString("last_four"),
                row.getTimestamp("created_at").toInstant(),
                revoked == null ? null : revoked.toInstant());
    }

    /** An account's keys after that one, in the order in which they were issued; from the first if it is empty. */
    public List<Known> after(AccountId account, String keyId, int limit) {
        return jdbc.sql("select * from api_key where account_id = ? and key_id > ? order by key_id limit ?")
                .params(account.value(), keyId, limit)
                .query((row, number) -> known(row))
                .list();
    }

    /** The key itself, valid or not. */
    public Optional<Known> find(String key) {
        return jdbc.sql("select * from api_key where key_hash = ?")
                .param(hash(key))
                .query((row, number) -> known(row))
                .optional();
    }

    /** The keys that end like this, the valid ones first. A look through all of them: operators seldom ask. */
    public List<Known> endingIn(String lastFour, int limit) {
        return jdbc.sql("""
                        select * from api_key where last_four = ?
                         order by revoked_at is not null, key_id desc limit ?""")
                .params(lastFour, limit)
                .query((row, number) -> known(row))
                .list();
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
