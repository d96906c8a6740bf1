package com.gogogoapi.account.signin;

import com.gogogoapi.contracts.access.CheckedText;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Codes by which the person of a session shows once more that he reads his mail. A session has one at a time; it is of no use in
 * another browser, and a wrong guess counts before it is looked at.
 */
@Repository
class ConfirmationCodes {

    static final Duration VALID = Duration.ofMinutes(10);
    static final int MAX_TRIES = 5;

    /** Without what can be taken for another. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int CHARS = 10;
    private static final int GROUP = CHARS / 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    ConfirmationCodes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A new one, which is nowhere but here; the one before is none any more. */
    String make(String sessionId) {
        var code = RANDOM.ints(CHARS, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
        jdbc.sql("""
                        insert into confirmation_code (session_id, code_hash, tries, expires_at)
                        values (:session, :hash, 0, :expires)
                            on conflict (session_id) do update
                           set code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at""")
                .param("session", sessionId)
                .param("hash", hash(sessionId, code))
                .param("expires", Timestamp.from(clock.instant().plus(VALID)))
                .update();
        return code.substring(0, GROUP) + "-" + code.substring(GROUP);
    }

    /** Uses it up if it is that one. */
    boolean use(String sessionId, String said) {
        var kept = jdbc.sql("""
                        update confirmation_code set tries = tries + 1
                         where session_id = :session and tries < :most and expires_at > :now
                        returning code_hash""")
                .param("session", sessionId)
                .param("most", MAX_TRIES)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> row.getBytes(1))
                .optional();
        var hash = hash(sessionId, plain(said));
        return kept.filter(expected -> MessageDigest.isEqual(expected, hash)).isPresent()
                && jdbc.sql("delete from confirmation_code where session_id = ? and code_hash = ?")
                                .params(sessionId, hash)
                                .update()
                        == 1;
    }

    /** However it is typed. */
    private static String plain(String said) {
        return said.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    private static byte[] hash(String sessionId, String code) {
        return CheckedText.sha256("confirm " + sessionId + " " + code);
    }
}
