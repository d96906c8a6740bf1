package com.gogogoapi.account.operators;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.OperatorRole;
import com.gogogoapi.contracts.access.OperatorSecretText;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The operators in PostgreSQL. The installation's own, who is known by the proxy's setting, is none of them: whoever keeps
 * this database cannot lock the installation's out.
 */
@Repository
class Operators {

    static final int MAX = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final OperatorSessions sessions;
    private final Clock clock;

    Operators(JdbcClient jdbc, OperatorSessions sessions, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.clock = clock;
    }

    record Operator(
            String name,
            Set<OperatorRole> roles,
            Instant createdAt,
            String createdBy,
            @Nullable Instant revokedAt) {}

    /** An operator with the secret: this once. */
    record Issued(Operator operator, String secret) {}

    private static Operator operator(ResultSet row) throws SQLException {
        var revoked = row.getTimestamp("revoked_at");
        var roles = EnumSet.noneOf(OperatorRole.class);
        Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(OperatorRole::valueOf)
                .forEach(roles::add);
        return new Operator(
                row.getString("name"),
                roles,
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                revoked == null ? null : revoked.toInstant());
    }

    /** @throws ApiError 422 if the name was ever used, or there are as many as there can be */
    @Transactional
    Issued add(String name, Set<OperatorRole> roles, String by) {
        if (jdbc.sql("select count(*) from operator").query(Integer.class).single() >= MAX) {
            throw ApiError.conflict("too_many_operators", null, "There must be at most " + MAX + " operators.");
        }
        var secret = OperatorSecretText.generate(RANDOM);
        var added = jdbc.sql("""
                        insert into operator (name, roles, secret_hash, created_at, created_by)
                        values (:name, :roles, :hash, :at, :by) on conflict do nothing""")
                .param("name", name)
                .param("roles", names(roles))
                .param("hash", hash(secret))
                .param("at", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        if (added == 0) {
            throw ApiError.conflict(
                    "operator_name_taken",
                    "name",
                    "name must be one that no operator ever had: what " + name + " did stays under it.");
        }
        return new Issued(existing(name), secret);
    }

    private static String[] names(Set<OperatorRole> roles) {
        return roles.stream().map(Enum::name).toArray(String[]::new);
    }

    private static byte[] hash(String secret) {
        return HexFormat.of().parseHex(OperatorSecretText.hash(secret));
    }

    /** @throws ApiError 404 if there never was one */
    Operator existing(String name) {
        return jdbc.sql("select * from operator where name = ?")
                .param(name)
                .query((row, number) -> operator(row))
                .optional()
                .orElseThrow(() -> ApiError.notFound("There is no such operator."));
    }

    List<Operator> after(String name, int limit) {
        return jdbc.sql("select * from operator where name > ? order by name limit ?")
                .params(name, limit)
                .query((row, number) -> operator(row))
                .list();
    }

    /** Who has the secret of that hash, unless revoked. */
    Optional<Operator> withSecret(String hash) {
        return jdbc.sql("select * from operator where secret_hash = ? and revoked_at is null")
                .param(HexFormat.of().parseHex(hash))
                .query((row, number) -> operator(row))
                .optional();
    }

    @Transactional
    Operator setRoles(String name, Set<OperatorRole> roles) {
        requireNotRevoked(name);
        jdbc.sql("update operator set roles = ? where name = ?")
                .params(names(roles), name)
                .update();
        return existing(name);
    }

    /** Another secret; the one before stops at once. */
    @Transactional
    Issued renew(String name) {
        requireNotRevoked(name);
        var secret = OperatorSecretText.generate(RANDOM);
        jdbc.sql("update operator set secret_hash = ? where name = ?")
                .params(hash(secret), name)
                .update();
        sessions.endAllOf(name);
        return new Issued(existing(name), secret);
    }

    private void requireNotRevoked(String name) {
        existing(name);
        jdbc.sql("select name from operator where name = ? for update")
                .param(name)
                .query(String.class)
                .list();
        if (existing(name).revokedAt() != null) {
            throw ApiError.conflict("operator_revoked", null, "The operator must not be revoked: that is for ever.");
        }
    }

    /** For ever; again changes nothing. */
    Operator revoke(String name) {
        existing(name);
        jdbc.sql("update operator set revoked_at = ? where name = ? and revoked_at is null")
                .params(Timestamp.from(clock.instant()), name)
                .update();
        sessions.endAllOf(name);
        return existing(name);
    }
}
