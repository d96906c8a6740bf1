package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.access.CheckedText;
import com.gogogoapi.contracts.identity.AccountId;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Codes by which whoever reads at an address confirms that an account's alerts may go there: mailed to it, given back by the
 * account. So nobody gets mail of an account that is none of his business, but for a few codes.
 */
@Component
class AddressCodes {

    static final Duration VALID = Duration.ofDays(1);
    static final int MAX_A_DAY = 10;

    private static final int MAX_FAILURES = 5;
    private static final int CHARS = 8;

    /** Without those that look alike. */
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    AddressCodes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A new one, which nothing knows yet. */
    static String next() {
        var code = new StringBuilder();
        for (var i = 0; i < CHARS; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** Notes that the account, which has settings, is about to mail one. False if it has mailed enough for a day. */
    boolean maySend(AccountId account) {
        return jdbc.sql("""
                        update alert_setting
                           set codes_sent = case when codes_since > :dayAgo then codes_sent + 1 else 1 end,
                               codes_since = case when codes_since > :dayAgo then codes_since else :now end
                         where account_id = :account and (codes_since is null or codes_since <= :dayAgo or codes_sent < :most)""")
                        .param("now", Timestamp.from(clock.instant()))
                        .param("dayAgo", Timestamp.from(clock.instant().minus(VALID)))
                        .param("account", account.value())
                        .param("most", MAX_A_DAY)
                        .update()
                == 1;
    }

    /** That this code was mailed to that address; an earlier one counts no more. */
    void sent(AccountId account, String email, String code) {
        jdbc.sql("""
                        update alert_setting set pending_email = ?, pending_code = ?, pending_until = ?, pending_failures = 0
                         where account_id = ?""")
                .params(
                        email,
                        hash(account, code),
                        Timestamp.from(clock.instant().plus(VALID)),
                        account.value())
                .update();
    }

    /** Has alerts go to the address from now on. False if it is not its code, or none is valid any more. */
    boolean confirm(AccountId account, String code) {
        var isRight = jdbc.sql("""
                        update alert_setting set email = pending_email, pending_email = null, pending_code = null,
                               pending_until = null, pending_failures = 0
                         where account_id = ? and pending_code = ? and pending_until > ? and pending_failures < ?""")
                        .params(
                                account.value(),
                                hash(account, code.trim().toUpperCase(Locale.ROOT)),
                                Timestamp.from(clock.instant()),
                                MAX_FAILURES)
                        .update()
                == 1;
        if (!isRight) {
            jdbc.sql("update alert_setting set pending_failures = pending_failures + 1 where account_id = ?")
                    .param(account.value())
                    .update();
        }
        return isRight;
    }

    private static byte[] hash(AccountId account, String code) {
        return CheckedText.sha256(account.value() + " " + code);
    }
}
