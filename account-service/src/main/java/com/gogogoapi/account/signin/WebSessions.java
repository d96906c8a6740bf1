package com.gogogoapi.account.signin;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.CheckedText;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is signed in with which browser. A session that is over is no row. */
@Repository
public class WebSessions {

    /** Of a person; the one unused for longest gives way to another. */
    static final int MAX_OF_PERSON = 20;

    private static final CheckedText TOKENS = new CheckedText("se-gogogo-");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How often it is noted that a session is used. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final SignInProperties properties;
    private final Clock clock;

    WebSessions(JdbcClient jdbc, SignInProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param authenticatedAt when its person last showed who he is */
    public record WebSession(
            String sessionId,
            UUID person,
            Instant createdAt,
            Instant authenticatedAt,
            Instant lastSeenAt,
            Instant expiresAt,
            String address,
            String browser) {}

    /** A new one, whose token is nowhere but here. */
    public record Begun(WebSession session, String token) {}

    private static WebSession session(ResultSet row) throws SQLException {
        return new WebSession(
                row.getString("session_id"),
                row.getObject("person_id", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("authenticated_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getString("address"),
                row.getString("browser"));
    }

    /** A session always begins with a token of its own: one that a browser came with is never taken on. */
    Begun begin(UUID person, String address, String browser) {
        jdbc.sql("""
                        delete from web_session
                         where expires_at <= :now or session_id in (
                               select session_id from web_session where person_id = :person
                                order by last_seen_at desc, session_id desc offset :kept)""")
                .param("now", now())
                .param("person", person)
                .param("kept", MAX_OF_PERSON - 1)
                .update();
        var token = TOKENS.generate(RANDOM);
        var session = jdbc.sql("""
                        insert into web_session (session_id, token_hash, person_id, created_at, authenticated_at, last_seen_at,
                               expires_at, address, browser)
                        values (:id, :hash, :person, :now, :now, :now, :expires, :address, :browser) returning *""")
                .param("id", "session_" + TimeOrderedIds.next().toString().replace("-", ""))
                .param("hash", CheckedText.sha256(token))
                .param("person", person)
                .param("now", now())
                .param("expires", Timestamp.from(clock.instant().plus(properties.idleFor())))
                .param("address", address)
                .param("browser", browser)
                .query((row, number) -> session(row))
                .single();
        return new Begun(session, token);
    }

    /** The living one of that token. @throws ApiError 403 session_over if there is none */
    public WebSession living(String token) {
        // A refusal that the proxy passes on must not be 401, by which it knows that its own token is not taken.
        return used(token)
                .orElseThrow(() -> ApiError.other(
                        403, "authentication_error", "session_over", "The session must not be over: sign in again."));
    }

    /** Whether its person has shown lately enough who he is for what hands out power. */
    boolean isRecent(WebSession session) {
        return session.authenticatedAt().plus(properties.stepUpWithin()).isAfter(clock.instant());
    }

    /** @throws ApiError 403 step_up_required if he has not */
    void requireRecent(WebSession session) {
        if (!isRecent(session)) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "step_up_required",
                    "Who does this must have shown within the last "
                            + properties.stepUpWithin().toMinutes()
                            + " minutes who he is: confirm it by a passkey or a mailed code.");
        }
    }

    /** Its person has shown once more who he is. */
    public void authenticated(WebSession session) {
        jdbc.sql("update web_session set authenticated_at = ? where session_id = ?")
                .params(now(), session.sessionId())
                .update();
    }

    /** The living one of that token; that it is used is noted, which is what it lives by. */
    Optional<WebSession> used(String token) {
        if (!TOKENS.isWhole(token)) {
            return Optional.empty();
        }
        var found = jdbc.sql("select * from web_session where token_hash = ? and expires_at > ?")
                .params(CheckedText.sha256(token), now())
                .query((row, number) -> session(row))
                .optional();
        found.ifPresent(this::note);
        return found;
    }

    private void note(WebSession session) {
        var now = clock.instant();
        if (session.lastSeenAt().plus(NOTED_EVERY).isAfter(now)) {
            return;
        }
        var idle = now.plus(properties.idleFor());
        var last = session.createdAt().plus(properties.sessionLasts());
        jdbc.sql("update web_session set last_seen_at = ?, expires_at = ? where session_id = ?")
                .params(Timestamp.from(now), Timestamp.from(idle.isBefore(last) ? idle : last), session.sessionId())
                .update();
    }

    /** A person's, the last used first. */
    List<WebSession> of(UUID person) {
        return jdbc.sql("""
                        select * from web_session where person_id = ? and expires_at > ?
                         order by last_seen_at desc, session_id desc""")
                .params(person, now())
                .query((row, number) -> session(row))
                .list();
    }

    /** False if the person has no such session. */
    boolean end(UUID person, String sessionId) {
        return jdbc.sql("delete from web_session where person_id = ? and session_id = ?")
                        .params(person, sessionId)
                        .update()
                == 1;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
