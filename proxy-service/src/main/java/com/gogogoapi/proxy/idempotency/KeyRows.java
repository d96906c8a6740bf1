package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.contracts.access.CheckedText;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys in the database, which all instances share; times are its own. Every method throws {@link
 * org.springframework.dao.DataAccessException} or {@link org.springframework.transaction.TransactionException}.
 */
@Repository
class KeyRows {

    private static final int STATEMENT_SECONDS = 5;

    /** One row whether the key is known or not: the time is. */
    private static final String FIND = """
            select clock_timestamp() as at, k.*, k.expires_at <= clock_timestamp() as expired,
                   coalesce(k.owned_until > clock_timestamp(), false) as owned
              from (select 1) as one left join idempotency_key k on k.account_id = ? and k.key_hash = ?""";

    private static final String ADD = """
            insert into idempotency_key (account_id, key_hash, fingerprint, state, owner, owned_until, era, attempt, expires_at)
            values (?, ?, ?, 'RUNNING', ?, clock_timestamp() + ? * interval '1 millisecond', ?, 0,
                    clock_timestamp() + ? * interval '1 millisecond')
            on conflict do nothing""";

    private static final String COUNT_KEY = """
            insert into idempotency_account as a (account_id, keys, bytes) values (?, 1, 0)
            on conflict (account_id) do update set keys = a.keys + 1 where a.keys < ?""";

    private static final String TAKE = """
            update idempotency_key
               set fingerprint = ?, state = 'RUNNING', version = version + 1, owner = ?,
                   owned_until = clock_timestamp() + ? * interval '1 millisecond', era = ?, attempt = ?, request_id = null,
                   shown_id = null, expires_at = clock_timestamp() + ? * interval '1 millisecond', status = null,
                   headers = null, answer = null, stored_bytes = 0
             where account_id = ? and key_hash = ? and version = ?""";

    private static final String OWN = " where account_id = ? and key_hash = ? and owner = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate together;
    private final IdempotencyProperties properties;

    KeyRows(DataSource dataSource, PlatformTransactionManager transactions, IdempotencyProperties properties) {
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.setQueryTimeout(STATEMENT_SECONDS);
        this.together = new TransactionTemplate(transactions);
        together.setTimeout(STATEMENT_SECONDS);
        this.properties = properties;
    }

    /** What is known of a key, and when. */
    record Found(Instant at, @Nullable KeyRow row) {}

    /** The right to run a key's request, for as long as its owner is heard of. */
    record Claim(IdempotencyKey key, UUID owner) {}

    /** An account has as many keys in use as it may. */
    static final class TooManyKeys extends Exception {
        private static final long serialVersionUID = 1L;
    }

    Found find(IdempotencyKey key) {
        return jdbc.query(FIND, (row, number) -> found(row), key.account().value(), hash(key))
                .getFirst();
    }

    private static Found found(ResultSet row) throws SQLException {
        var at = row.getTimestamp("at").toInstant();
        var fingerprint = row.getBytes("fingerprint");
        return new Found(
                at,
                fingerprint == null
                        ? null
                        : new KeyRow(
                                fingerprint,
                                KeyRow.State.valueOf(row.getString("state")),
                                row.getBoolean("expired"),
                                row.getBoolean("owned"),
                                row.getLong("version"),
                                row.getLong("era"),
                                row.getInt("attempt"),
                                row.getObject("request_id", UUID.class),
                                row.getObject("shown_id", UUID.class),
                                answer(row)));
    }

    private static @Nullable KeptAnswer answer(ResultSet row) throws SQLException {
        var gzipped = row.getBytes("answer");
        if (gzipped == null) {
            return null;
        }
        var headers = JsonMapper.shared().readTree(row.getString("headers")).properties().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().asString("")));
        return new KeptAnswer(row.getInt("status"), headers, gzipped);
    }

    /**
     * Claims what was found so; empty if somebody else was quicker.
     *
     * @throws TooManyKeys if it would be one too many for the account
     */
    Optional<Claim> claim(IdempotencyKey key, @Nullable KeyRow found, byte[] fingerprint, long era, int attempt)
            throws TooManyKeys {
        var claim = new Claim(key, TimeOrderedIds.next());
        if (found != null) {
            return take(claim, found, fingerprint, era, attempt) ? Optional.of(claim) : Optional.empty();
        }
        return switch (addCounted(claim, fingerprint, era)) {
            case ADDED -> Optional.of(claim);
            case KNOWN -> Optional.empty();
            case TOO_MANY -> throw new TooManyKeys();
        };
    }

    private enum Adding {
        ADDED,
        KNOWN,
        TOO_MANY
    }

    private Adding addCounted(Claim claim, byte[] fingerprint, long era) {
        return Objects.requireNonNull(together.execute(transaction -> {
            if (!add(claim, fingerprint, era)) {
                return Adding.KNOWN;
            }
            if (jdbc.update(COUNT_KEY, claim.key().account().value(), properties.maxKeysPerAccount()) == 0) {
                transaction.setRollbackOnly();
                return Adding.TOO_MANY;
            }
            return Adding.ADDED;
        }));
    }

    private boolean add(Claim claim, byte[] fingerprint, long era) {
        return jdbc.update(
                        ADD,
                        claim.key().account().value(),
                        hash(claim.key()),
                        fingerprint,
                        claim.owner(),
                        properties.lease().toMillis(),
                        era,
                        properties.keepFor().toMillis())
                == 1;
    }

    private boolean take(Claim claim, KeyRow found, byte[] fingerprint, long era, int attempt) {
        var account = claim.key().account().value();
        return Boolean.TRUE.equals(together.execute(transaction -> {
            var freed = jdbc.query(
                    "select stored_bytes from idempotency_key where account_id = ? and key_hash = ? and version = ? for update",
                    (row, number) -> row.getInt(1),
                    account,
                    hash(claim.key()),
                    found.version());
            if (freed.isEmpty()) {
                return false;
            }
            jdbc.update(
                    TAKE,
                    fingerprint,
                    claim.owner(),
                    properties.lease().toMillis(),
                    era,
                    attempt,
                    properties.keepFor().toMillis(),
                    account,
                    hash(claim.key()),
                    found.version());
            if (freed.getFirst() > 0) {
                jdbc.update(
                        "update idempotency_account set bytes = bytes - ? where account_id = ?",
                        freed.getFirst(),
                        account);
            }
            return true;
        }));
    }

    /** @return whether it is still the owner's */
    boolean attempts(Claim claim, long era, int attempt) {
        return own("set era = ?, attempt = ?, version = version + 1", claim, era, attempt);
    }

    /**
     * It is sent upstream from here on.
     *
     * @return whether it is still the owner's
     */
    boolean sent(Claim claim, UUID requestId, UUID shownId) {
        return own(
                "set state = 'SENT', request_id = ?, shown_id = ?, version = version + 1", claim, requestId, shownId);
    }

    /** It ended free: a repeat runs anew. */
    void free(Claim claim) {
        own("set state = 'FREE', owner = null, owned_until = null, version = version + 1", claim);
    }

    /** It is as if its owner had died. */
    void abandon(Claim claim) {
        own("set owner = null, owned_until = null, version = version + 1", claim);
    }

    /**
     * It is not run again.
     *
     * @param expiresAt null for the time that it has
     */
    void answeredUnkept(Claim claim, UUID shownId, @Nullable Instant expiresAt) {
        own(
                "set state = 'ANSWERED', shown_id = ?, owner = null, owned_until = null, version = version + 1,"
                        + " expires_at = coalesce(?, expires_at)",
                claim,
                shownId,
                expiresAt == null ? null : java.sql.Timestamp.from(expiresAt));
    }

    /**
     * Keeps its answer for those who ask again, if the account has room for it.
     *
     * @return whether it is kept
     */
    boolean answered(Claim claim, KeptAnswer answer) {
        var size = answer.gzipped().length;
        var kept = together.execute(transaction -> {
            var isKept = own(
                            "set state = 'ANSWERED', status = ?, headers = ?, answer = ?, stored_bytes = ?,"
                                    + " owner = null, owned_until = null, version = version + 1",
                            claim,
                            answer.status(),
                            JsonMapper.shared().writeValueAsString(answer.headers()),
                            answer.gzipped(),
                            size)
                    && jdbc.update(
                                    "update idempotency_account set bytes = bytes + ? where account_id = ? and bytes + ? <= ?",
                                    size,
                                    claim.key().account().value(),
                                    size,
                                    properties.maxBytesPerAccount())
                            == 1;
            if (!isKept) {
                transaction.setRollbackOnly();
            }
            return isKept;
        });
        return Boolean.TRUE.equals(kept);
    }

    private boolean own(String set, Claim claim, @Nullable Object... values) {
        var all = new java.util.ArrayList<@Nullable Object>(java.util.Arrays.asList(values));
        all.add(claim.key().account().value());
        all.add(hash(claim.key()));
        all.add(claim.owner());
        return jdbc.update("update idempotency_key " + set + OWN, all.toArray()) == 1;
    }

    /** These owners are alive. */
    void renew(Collection<UUID> owners) {
        jdbc.update(
                "update idempotency_key set owned_until = clock_timestamp() + ? * interval '1 millisecond'"
                        + " where owner = any (?)",
                statement -> {
                    statement.setLong(1, properties.lease().toMillis());
                    statement.setArray(2, statement.getConnection().createArrayOf("uuid", owners.toArray()));
                });
    }

    private static byte[] hash(IdempotencyKey key) {
        return CheckedText.sha256(key.text());
    }
}
