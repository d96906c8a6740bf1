package com.gogogoapi.usage.mail;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.alerts.Alert;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which alerts of deposits are mailed: anybody can send anything to an address, and shall fill nobody's mailbox by it. Of each kind there
 * is a limit a day, so that one does not hide another, and what would be credited is mailed from some cents on: who wants to use up
 * an account's mails has to pay the account for it.
 */
@Component
class DepositMailLimit {

    static final int MOST_A_DAY = 20;
    static final Usd LEAST = Usd.usd("0.10");

    private final JdbcClient jdbc;
    private final Clock clock;

    DepositMailLimit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean allows(Alert alert) {
        if (!alert.kind().isOfDeposit()) {
            return true;
        }
        return !alert.kind().isOnlyByName() && isEnough(alert) && mailedToday(alert) < MOST_A_DAY;
    }

    private static boolean isEnough(Alert alert) {
        var amount = EventJson.mapper()
                .readTree(alert.payload())
                .path("data")
                .path("amount_usd")
                .asString("");
        return amount.isEmpty() || Usd.parse(amount).compareTo(LEAST) >= 0;
    }

    private int mailedToday(Alert alert) {
        return jdbc.sql("""
            select count(*) from mail join alert on alert_id = mail_id
             where mail.account_id = ? and created_at > ? and kind = ?\
            """)
                .params(
                        alert.account().value(),
                        Timestamp.from(clock.instant().minus(1, ChronoUnit.DAYS)),
                        alert.kind().wireName())
                .query(Integer.class)
                .single();
    }
}
