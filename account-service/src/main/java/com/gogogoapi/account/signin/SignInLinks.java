package com.gogogoapi.account.signin;

import com.gogogoapi.account.people.EmailAddress;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.CheckedText;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Links that sign in, each once, and the brakes on asking for them. What is a day old is deleted as new ones come. */
@Repository
class SignInLinks {

    static final Duration BRAKES_LOOK_BACK = Duration.ofMinutes(15);

    private static final CheckedText TOKENS = new CheckedText("si-gogogo-");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final SignInProperties properties;
    private final Clock clock;

    SignInLinks(JdbcClient jdbc, SignInProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** A new one, whose token is nowhere but here. */
    record Link(String token, Instant expiresAt) {}

    /**
     * Who used one.
     *
     * @param person null for an address that was nobody's
     * @param email null for one that was somebody's
     * @param mailed whether it went to the address alone
     */
    record Used(@Nullable UUID person, @Nullable String email, boolean mailed) {}

    /** For somebody. */
    Link add(UUID person, boolean mailed) {
        return add(person, null, mailed);
    }

    /** For an address that is nobody's yet, which alone it is mailed to. */
    Link add(EmailAddress email) {
        return add(null, email.text(), true);
    }

    private Link add(@Nullable UUID person, @Nullable String email, boolean mailed) {
        jdbc.sql("delete from sign_in_link where created_at < ?")
                .param(ago(KEPT))
                .update();
        var token = TOKENS.generate(RANDOM);
        var expiresAt = clock.instant().plus(properties.linkValidFor());
        jdbc.sql("""
                        insert into sign_in_link (token_hash, person_id, email, mailed, created_at, expires_at)
                        values (:hash, :person, :email, :mailed, :now, :expires)""")
                .param("hash", CheckedText.sha256(token))
                .param("person", person, Types.OTHER)
                .param("email", email, Types.VARCHAR)
                .param("mailed", mailed)
                .param("now", ago(Duration.ZERO))
                .param("expires", Timestamp.from(expiresAt))
                .update();
        return new Link(token, expiresAt);
    }

    /** Uses one up; empty if it was used before, is too old or was never made. */
    Optional<Used> use(String token) {
        return TOKENS.isWhole(token)
                ? jdbc.sql("""
                        update sign_in_link set used_at = :now
                         where token_hash = :hash and used_at is null and expires_at > :now
                        returning person_id, email, mailed""")
                        .param("now", ago(Duration.ZERO))
                        .param("hash", CheckedText.sha256(token))
                        .query((row, number) ->
                                new Used(row.getObject(1, UUID.class), row.getString(2), row.getBoolean(3)))
                        .optional()
                : Optional.empty();
    }

    /**
     * Notes that a link is asked for.
     *
     * @return whether the address may be sent another one
     * @throws ApiError 429 if too many were asked for from there, whatever for
     */
    boolean ask(String email, String network) {
        jdbc.sql("delete from sign_in_attempt where at < ?").param(ago(KEPT)).update();
        var since = ago(BRAKES_LOOK_BACK);
        var hash = CheckedText.sha256(email);
        if (count("network = ?", network, since) >= properties.linksPerNetwork()) {
            throw ApiError.rateLimited(
                    "At most " + properties.linksPerNetwork() + " links must be asked for from one address within "
                            + BRAKES_LOOK_BACK.toMinutes() + " minutes.",
                    BRAKES_LOOK_BACK);
        }
        var asked = count("email_hash = ?", hash, since);
        jdbc.sql("insert into sign_in_attempt (at, network, email_hash) values (?, ?, ?)")
                .params(ago(Duration.ZERO), network, hash)
                .update();
        return asked < properties.linksPerAddress();
    }

    private int count(String of, Object value, Timestamp since) {
        return jdbc.sql("select count(*) from sign_in_attempt where " + of + " and at > ?")
                .params(value, since)
                .query(Integer.class)
                .single();
    }

    private Timestamp ago(Duration time) {
        return Timestamp.from(clock.instant().minus(time));
    }
}
