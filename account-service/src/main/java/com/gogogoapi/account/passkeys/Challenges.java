package com.gogogoapi.account.passkeys;

import com.gogogoapi.chassis.errors.ApiError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What browsers are given to be signed. A row each, so that any instance takes what another gave; it is used up by looking at
 * it, before anything is made of the answer, so that an answer counts once whatever becomes of it.
 */
@Repository
class Challenges {

    static final Duration VALID = Duration.ofMinutes(5);

    /** As many as a network may have open, whoever is behind it. */
    static final int MAX_OF_NETWORK = 100;

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    Challenges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What an answer is for; one that was given for something else is none. */
    enum Purpose {
        /** To add a passkey to the session's person. */
        REGISTER,
        /** To sign in. */
        SIGN_IN,
        /** To show once more who the session's person is. */
        CONFIRM
    }

    /**
     * A new one.
     *
     * @param sessionId of the session that asks; null to sign in
     * @throws ApiError 429 if too many are open
     */
    byte[] give(Purpose purpose, @Nullable String sessionId, String network) {
        var since = Timestamp.from(clock.instant().minus(VALID));
        jdbc.sql("delete from passkey_challenge where created_at < ?")
                .param(since)
                .update();
        var open = jdbc.sql("select count(*) from passkey_challenge where network = ?")
                .param(network)
                .query(Integer.class)
                .single();
        if (open >= MAX_OF_NETWORK) {
            throw ApiError.rateLimited(
                    "At most " + MAX_OF_NETWORK + " passkeys must be asked for from one address within "
                            + VALID.toMinutes() + " minutes.",
                    VALID);
        }
        var challenge = new byte[BYTES];
        RANDOM.nextBytes(challenge);
        jdbc.sql("""
                        insert into passkey_challenge (challenge_hash, purpose, session_id, network, created_at)
                        values (:hash, :purpose, :session, :network, :now)""")
                .param("hash", hash(challenge))
                .param("purpose", purpose.name())
                .param("session", sessionId, Types.VARCHAR)
                .param("network", network)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return challenge;
    }

    /** Uses one up. False if it was never given for that, to that session, or is too old or used. */
    boolean take(byte[] challenge, Purpose purpose, @Nullable String sessionId) {
        return jdbc.sql("""
                        delete from passkey_challenge
                         where challenge_hash = :hash and purpose = :purpose and created_at >= :since
                           and session_id is not distinct from :session""")
                        .param("hash", hash(challenge))
                        .param("purpose", purpose.name())
                        .param("since", Timestamp.from(clock.instant().minus(VALID)))
                        .param("session", sessionId, Types.VARCHAR)
                        .update()
                == 1;
    }

    private static byte[] hash(byte[] challenge) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
