package com.gogogoapi.account.passkeys;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Passkeys in PostgreSQL. */
@Repository
class PasskeyRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    PasskeyRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param credentialId by which the device knows it
     * @param credential the public key, as WebAuthn's attested credential data
     * @param signCount how often it has signed, as the device counts
     * @param backupEligible whether copies of it may be kept
     * @param backedUp whether they are
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Passkey(
            String passkeyId,
            UUID person,
            byte[] credentialId,
            byte[] credential,
            String name,
            long signCount,
            boolean backupEligible,
            boolean backedUp,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {}

    private static Passkey passkey(ResultSet row) throws SQLException {
        var used = row.getTimestamp("last_used_at");
        return new Passkey(
                row.getString("passkey_id"),
                row.getObject("person_id", UUID.class),
                row.getBytes("credential_id"),
                row.getBytes("credential"),
                row.getString("name"),
                row.getLong("sign_count"),
                row.getBoolean("backup_eligible"),
                row.getBoolean("backed_up"),
                row.getTimestamp("created_at").toInstant(),
                used == null ? null : used.toInstant());
    }

    /** @throws DuplicateKeyException if anybody has that credential */
    Passkey add(
            UUID person,
            String name,
            byte[] credentialId,
            byte[] credential,
            long signCount,
            boolean backupEligible,
            boolean backedUp) {
        return jdbc.sql("""
                        insert into passkey (passkey_id, person_id, credential_id, credential, name, sign_count,
                               backup_eligible, backed_up, created_at)
                        values (:id, :person, :credentialId, :credential, :name, :count, :eligible, :backed, :now)
                        returning *""")
                .param("id", "passkey_" + TimeOrderedIds.next().toString().replace("-", ""))
                .param("person", person)
                .param("credentialId", credentialId)
                .param("credential", credential)
                .param("name", name)
                .param("count", signCount)
                .param("eligible", backupEligible)
                .param("backed", backedUp)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> passkey(row))
                .single();
    }

    /** A person's, in the order in which they were added. */
    List<Passkey> of(UUID person) {
        return jdbc.sql("select * from passkey where person_id = ? order by passkey_id")
                .param(person)
                .query((row, number) -> passkey(row))
                .list();
    }

    /** Whoever uses it after this waits until the transaction ends. */
    Optional<Passkey> lockedBy(byte[] credentialId) {
        return jdbc.sql("select * from passkey where credential_id = ? for update")
                .param(credentialId)
                .query((row, number) -> passkey(row))
                .optional();
    }

    void used(Passkey passkey, long signCount, boolean backedUp) {
        jdbc.sql("update passkey set sign_count = ?, backed_up = ?, last_used_at = ? where passkey_id = ?")
                .params(signCount, backedUp, Timestamp.from(clock.instant()), passkey.passkeyId())
                .update();
    }

    /** Empty if the person has no such passkey. */
    Optional<Passkey> remove(UUID person, String passkeyId) {
        return jdbc.sql("delete from passkey where person_id = ? and passkey_id = ? returning *")
                .params(person, passkeyId)
                .query((row, number) -> passkey(row))
                .optional();
    }
}
