package com.gogogoapi.account.operators;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which operators are signed in with a browser. A session stands for the secret that it was begun with and is good for as long
 * as that is; one that is over is no row, or a row that nobody finds.
 */
@Repository
@EnableConfigurationProperties(OperatorSessionProperties.class)
class OperatorSessions {

    /** Of an operator; the one unused for longest gives way to another. */
    static final int MAX_OF_OPERATOR = 10;

    /** How often it is noted that a session is used; a small part of how long it may be idle. */
    private static final Duration NOTED_EVERY = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final OperatorSessionProperties properties;
    private final Clock clock;

    OperatorSessions(JdbcClient jdbc, OperatorSessionProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * By what it stands for an operator; one of the two.
     *
     * @param secretHash of a named operator's secret
     * @param proof of one whom the proxy's settings name
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Credential(byte @Nullable [] secretHash, byte @Nullable [] proof) {}

    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Session(
            String sessionId,
            String operator,
            byte @Nullable [] proof,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt) {}

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("session_id"),
                row.getString("operator"),
                row.getBytes("proof"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    Session begin(byte[] tokenHash, String operator, Credential credential) {
        jdbc.sql("""
                        delete from operator_session
                         where expires_at <= :now or session_id in (
                               select session_id from operator_session where operator = :operator
                                order by last_seen_at desc, session_id desc offset :kept)""")
                .param("now", now())
                .param("operator", operator)
                .param("kept", MAX_OF_OPERATOR - 1)
                .update();
        return jdbc.sql("""
                        insert into operator_session (session_id, token_hash, operator, secret_hash, proof, created_at,
                               last_seen_at, expires_at)
                        values (:id, :hash, :operator, :secret, :proof, :now, :now, :expires) returning *""")
                .param("id", "osession_" + TimeOrderedIds.next().toString().replace("-", ""))
                .param("hash", tokenHash)
                .param("operator", operator)
                .param("secret", credential.secretHash(), Types.BINARY)
                .param("proof", credential.proof(), Types.BINARY)
                .param("now", now())
                .param("expires", Timestamp.from(clock.instant().plus(properties.idleFor())))
                .query((row, number) -> session(row))
                .single();
    }

    /** The living one of that token, whose secret is still its operator's; that it is used is noted. */
    Optional<Session> used(byte[] tokenHash) {
        var found = jdbc.sql("""
                        select * from operator_session s
                         where token_hash = :hash and expires_at > :now
                           and (secret_hash is null or exists (
                                select from operator o
                                 where o.name = s.operator and o.secret_hash = s.secret_hash and revoked_at is null))""")
                .param("hash", tokenHash)
                .param("now", now())
                .query((row, number) -> session(row))
                .optional();
        return found.map(this::noted);
    }

    private Session noted(Session session) {
        var now = clock.instant();
        if (session.lastSeenAt().plus(NOTED_EVERY).isAfter(now)) {
            return session;
        }
        var idle = now.plus(properties.idleFor());
        var last = session.createdAt().plus(properties.sessionLasts());
        return jdbc.sql("""
                        update operator_session set last_seen_at = ?, expires_at = ? where session_id = ? returning *""")
                .params(Timestamp.from(now), Timestamp.from(idle.isBefore(last) ? idle : last), session.sessionId())
                .query((row, number) -> session(row))
                .optional()
                .orElse(session);
    }

    /** Whose it was; empty if there was none. */
    Optional<String> end(byte[] tokenHash) {
        return jdbc.sql("delete from operator_session where token_hash = ? returning operator")
                .param(tokenHash)
                .query(String.class)
                .optional();
    }

    /** Those of an operator whose secret is none any more; they open nothing from then on in any case. */
    void endAllOf(String operator) {
        jdbc.sql("delete from operator_session where operator = ? and secret_hash is not null")
                .param(operator)
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
