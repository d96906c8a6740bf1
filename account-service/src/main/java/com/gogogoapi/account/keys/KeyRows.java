package com.gogogoapi.account.keys;

import com.gogogoapi.contracts.access.AddressRange;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.identity.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys in PostgreSQL. */
@Repository
class KeyRows {

    private static final String SELECT = """
            select key.*, last_used_at, account.limits as account_limits, own_limits,
                   membership.role as member_role, membership.limits as member_limits
              from api_key key join account using (account_id) left join key_use using (key_id)
                   left join membership on membership.account_id = key.account_id and person_id = key.created_by
            """;

    private final JdbcClient jdbc;

    KeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("key_id"),
                new AccountId(row.getString("account_id")),
                row.getObject("created_by", UUID.class),
                KeyPurpose.valueOf(row.getString("purpose")),
                HexFormat.of().formatHex(row.getBytes("key_hash")),
                row.getString("last_four"),
                row.getTimestamp("created_at").toInstant(),
                KeyStatus.valueOf(row.getString("status")),
                instant(row, "revoked_at"),
                row.getString("scope_key_id"),
                row.getString("replaced_by"),
                new KeySettings(
                        row.getString("label"),
                        instant(row, "expires_at"),
                        texts(row, "routes"),
                        texts(row, "address_ranges").stream()
                                .map(AddressRange::parse)
                                .toList(),
                        texts(row, "tags"),
                        Limits.read(row.getString("limits"))),
                instant(row, "last_used_at"),
                row.getTimestamp("changed_at").toInstant(),
                row.getLong("version"),
                LimitRows.holder(row));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    /** False if there is such a key already. */
    boolean add(ApiKey key) {
        return set(
                        jdbc.sql("""
                        insert into api_key (key_id, account_id, created_by, purpose, key_hash, last_four, created_at, status,
                               revoked_at, scope_key_id, replaced_by, label, expires_at, routes, address_ranges, tags, limits,
                               changed_at, version)
                        values (:id, :account, :by, :purpose, :hash, :lastFour, :created, :status, :revoked, :scope,
                               :replacedBy, :label, :expires, :routes, :ranges, :tags, :limits, :changed, :version)
                        on conflict do nothing""")
                                .param("account", key.account().value())
                                .param("purpose", key.purpose().name())
                                .param("hash", HexFormat.of().parseHex(key.hash()))
                                .param("lastFour", key.lastFour())
                                .param("created", Timestamp.from(key.createdAt()))
                                .param("scope", key.scopeKeyId()),
                        key)
                == 1;
    }

    /** Writes all of a key that can change, under a new version. */
    void change(ApiKey key) {
        set(jdbc.sql("""
                update api_key set status = :status, revoked_at = :revoked, replaced_by = :replacedBy, label = :label,
                       expires_at = :expires, created_by = :by, routes = :routes, address_ranges = :ranges, tags = :tags, limits = :limits,
                       changed_at = :changed, version = :version, in_kafka = false
                 where key_id = :id"""), key);
    }

    private static int set(JdbcClient.StatementSpec statement, ApiKey key) {
        var settings = key.settings();
        return statement
                .param("id", key.keyId())
                .param("by", key.createdBy(), Types.OTHER)
                .param("status", key.status().name())
                .param("revoked", timestamp(key.revokedAt()), Types.TIMESTAMP)
                .param("replacedBy", key.replacedBy(), Types.VARCHAR)
                .param("label", settings.label())
                .param("expires", timestamp(settings.expiresAt()), Types.TIMESTAMP)
                .param("routes", settings.routes().toArray(new String[0]))
                .param(
                        "ranges",
                        settings.addressRanges().stream()
                                .map(AddressRange::toString)
                                .toArray(String[]::new))
                .param("tags", settings.tags().toArray(new String[0]))
                .param("limits", settings.limits().json())
                .param("changed", Timestamp.from(key.changedAt()))
                .param("version", key.version())
                .update();
    }

    /** The account's key, locked against other changes until the transaction ends. */
    Optional<ApiKey> lock(AccountId account, String keyId) {
        return jdbc.sql(SELECT + "where key.account_id = ? and key.key_id = ? for update of key")
                .params(account.value(), keyId)
                .query((row, number) -> key(row))
                .optional();
    }

    /** A key, if there is one of that id, locked against changes until the transaction ends. */
    void lock(String keyId) {
        jdbc.sql("select key_id from api_key where key_id = ? for update")
                .param(keyId)
                .query(String.class)
                .list();
    }

    /** Whoever issues keys for this account after this waits until the transaction ends. */
    void lock(AccountId account) {
        jdbc.sql("select account_id from account where account_id = ? for update")
                .param(account.value())
                .query(String.class)
                .list();
    }

    Optional<ApiKey> find(AccountId account, String keyId) {
        return jdbc.sql(SELECT + "where key.account_id = ? and key.key_id = ?")
                .params(account.value(), keyId)
                .query((row, number) -> key(row))
                .optional();
    }

    Optional<ApiKey> withHash(byte[] hash) {
        return jdbc.sql(SELECT + "where key_hash = ?")
                .param(hash)
                .query((row, number) -> key(row))
                .optional();
    }

    List<ApiKey> endingIn(String lastFour, int limit) {
        return jdbc.sql(SELECT + "where last_four = ? order by status = 'REVOKED', key_id desc limit ?")
                .params(lastFour, limit)
                .query((row, number) -> key(row))
                .list();
    }

    int countValid(AccountId account) {
        return jdbc.sql("select count(*) from api_key where account_id = ? and status <> 'REVOKED'")
                .param(account.value())
                .query(Integer.class)
                .single();
    }

    /** An account's keys after that one, as far as they are asked for. */
    List<ApiKey> after(AccountId account, String keyId, KeyFilter filter, int limit) {
        return jdbc.sql(SELECT + """
                        where key.account_id = :account and key.key_id > :after
                          and (:member::uuid is null or key.created_by = :member)
                          and (:text::text is null or strpos(lower(label), lower(:text)) > 0 or :text = any(tags))
                          and (:revoked::boolean is null or (key.status = 'REVOKED') = :revoked)
                        order by key.key_id limit :limit""")
                .param("account", account.value())
                .param("after", keyId)
                .param("text", filter.text(), Types.VARCHAR)
                .param("member", filter.onlyMember(), Types.OTHER)
                .param("revoked", filter.isRevoked(), Types.BOOLEAN)
                .param("limit", limit)
                .query((row, number) -> key(row))
                .list();
    }

    /** What changed after that version, in the order of the changes. */
    List<ApiKey> changedAfter(long version, int limit) {
        return jdbc.sql(SELECT + "where version > ? order by version limit ?")
                .params(version, limit)
                .query((row, number) -> key(row))
                .list();
    }

    List<ApiKey> unpublished(int limit) {
        return jdbc.sql(SELECT + "where not in_kafka order by version limit ?")
                .param(limit)
                .query((row, number) -> key(row))
                .list();
    }

    /**
     * That Kafka has what was sent. Not of a key that has changed since, nor of one that is being changed: for none of them is
     * there anything to wait for.
     */
    void markPublished(List<ApiKey> sent) {
        jdbc.sql("""
                        update api_key set in_kafka = true
                         where key_id in (select key_id
                                            from api_key
                                            join unnest(:ids::text[], :versions::bigint[]) as sent (key_id, version)
                                           using (key_id, version)
                                             for update of api_key skip locked)""")
                .param("ids", sent.stream().map(ApiKey::keyId).toArray(String[]::new))
                .param("versions", sent.stream().map(ApiKey::version).toArray(Long[]::new))
                .update();
    }

    void markUnpublished(String keyId) {
        jdbc.sql("update api_key set in_kafka = false where key_id = ?")
                .param(keyId)
                .update();
    }

    /** All of them, where the topic is another one than that which had them; again changes nothing. */
    void markUnpublishedUnlessIn(String topicId) {
        var isNew = jdbc.sql("update key_change set topic_id = :topic where topic_id is distinct from :topic")
                .param("topic", topicId)
                .update();
        if (isNew > 0) {
            jdbc.sql("update api_key set in_kafka = false where in_kafka").update();
        }
    }

    /** A member's keys that are not revoked, locked in the order of their ids. */
    List<ApiKey> lockValidOf(AccountId account, UUID member) {
        return jdbc.sql(SELECT + """
                        where key.account_id = ? and key.created_by = ? and key.status <> 'REVOKED'
                        order by key.key_id for update of key""")
                .params(account.value(), member)
                .query((row, number) -> key(row))
                .list();
    }

    /** Gives every key of an account that is not revoked a version of its own, from that one on. */
    void changeAllOf(AccountId account, long firstVersion, Instant at) {
        jdbc.sql("""
                        update api_key set version = :first + numbered.n - 1, changed_at = :at, in_kafka = false
                          from (select key_id, row_number() over (order by key_id) as n from api_key
                                 where account_id = :account and status <> 'REVOKED') numbered
                         where api_key.key_id = numbered.key_id""")
                .param("first", firstVersion)
                .param("at", Timestamp.from(at))
                .param("account", account.value())
                .update();
    }

    /** Notes uses; an earlier one than that known changes nothing, nor does one of a key that there is not. */
    void used(List<String> keyIds, List<Instant> minutes) {
        jdbc.sql("""
                        insert into key_use as known
                        select key_id, max(minute) from unnest(:ids::text[], :minutes::timestamptz[]) as used (key_id, minute)
                          join api_key using (key_id) group by key_id order by key_id
                            on conflict (key_id) do update set last_used_at = excluded.last_used_at
                         where known.last_used_at < excluded.last_used_at""")
                .param("ids", keyIds.toArray(new String[0]))
                .param("minutes", minutes.stream().map(Instant::toString).toArray(String[]::new))
                .update();
    }

    /** The keys of an account that are not revoked, locked in the order of their ids; how many there are. */
    int lockValid(AccountId account) {
        return jdbc.sql("""
                        select key_id from api_key where account_id = ? and status <> 'REVOKED'
                         order by key_id for update""").param(account.value()).query(String.class).list().size();
    }
}
