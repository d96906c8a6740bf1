package com.gogogoapi.usage.mail;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.usage.alerts.Alert;
import com.gogogoapi.usage.alerts.AlertChannel;
import com.gogogoapi.usage.alerts.AlertKind;
import com.gogogoapi.usage.alerts.AlertSettings;
import com.gogogoapi.usage.alerts.Mailing;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Repository;

/** The outbox of mails: what is to be sent is kept with the alert, so that none is lost and none sent that was not raised. */
@Repository
class Mails implements AlertChannel, Mailing {

    private final JdbcClient jdbc;
    private final AlertSettings settings;
    private final ObjectProvider<JavaMailSender> server;
    private final String host;
    private final CodeMail codes;
    private final DepositMailLimit limit;
    private final Clock clock;

    /** @param host empty where a setting is there and says nothing; there is no server then either */
    Mails(
            JdbcClient jdbc,
            AlertSettings settings,
            ObjectProvider<JavaMailSender> server,
            @Value("${spring.mail.host:of another kind}") String host,
            CodeMail codes,
            DepositMailLimit limit,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.server = server;
        this.host = host;
        this.codes = codes;
        this.limit = limit;
        this.clock = clock;
    }

    record Mail(UUID id, String recipient, String subject, String body, int attempts) {}

    @Override
    public void keep(Alert alert) {
        var recipient = settings.of(alert.account()).email();
        // A test goes only where it was asked for.
        if (recipient != null && alert.kind() != AlertKind.TEST && isPossible() && limit.allows(alert)) {
            keep(alert, recipient);
        }
    }

    void keep(Alert alert, String recipient) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("""
            insert into mail (mail_id, account_id, recipient, subject, body, created_at, next_at)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """)
                .params(alert.id(), alert.account().value(), recipient, subject(alert), body(alert), now, now)
                .update();
    }

    /** Of tests the last is kept. */
    void forgetTests(AccountId account) {
        jdbc.sql("""
            delete from alert where alert_id in (
                select mail_id from mail join alert on alert_id = mail_id where mail.account_id = ? and kind = ?)\
            """).params(account.value(), AlertKind.TEST.wireName()).update();
    }

    @Override
    public boolean isPossible() {
        return !host.isBlank() && server.getIfAvailable() != null;
    }

    @Override
    public void sendCode(String email, AccountId account, String code) {
        codes.send(email, account, code);
    }

    @Override
    public Optional<String> lastError(AccountId account) {
        return jdbc.sql("select last_error from mail where account_id = ? order by created_at desc limit 1")
                .param(account.value())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(error -> error);
    }

    private static String subject(Alert alert) {
        return switch (alert.kind()) {
            case CREDIT_LOW -> "Your credit is low";
            case CREDIT_RECOVERED -> "Your credit is no longer low";
            case UPSTREAM_FAILING -> "A route that you use is failing";
            case UPSTREAM_RECOVERED -> "A route that you use works again";
            case PRICE_CHANGED -> "The price of a route that you use changes";
            case BUDGET_WARNING -> "A budget is nearly used up";
            case BUDGET_EXHAUSTED -> "A budget is used up";
            case WEBHOOK_DISABLED -> "A webhook of yours is switched off";
            case DEPOSIT_SEEN -> "A deposit is seen on its chain";
            case DEPOSIT_ORPHANED -> "A deposit that was seen is gone from its chain";
            case DEPOSIT_CREDITED -> "A deposit is credited";
            case DEPOSIT_REJECTED -> "A deposit is not credited";
            case DEPOSIT_UNSUPPORTED -> "A token that is not credited arrived";
            case TEST -> "A test";
        };
    }

    private static String body(Alert alert) {
        var text = new StringBuilder(subject(alert)).append(".\n\n");
        for (var field :
                EventJson.mapper().readTree(alert.payload()).path("data").properties()) {
            text.append(field.getKey())
                    .append(": ")
                    .append(field.getValue().asString(""))
                    .append('\n');
        }
        return text.append("\nAs of ").append(alert.at()).append(".\n").toString();
    }

    /** Claims what is due: nobody else is given it before then. */
    List<Mail> claim(Duration lease, int most) {
        var now = clock.instant();
        return jdbc.sql("""
            update mail set next_at = ? where mail_id in (
                select mail_id from mail where next_at <= ? order by next_at limit ? for update skip locked)
            returning mail_id, recipient, subject, body, attempts\
            """)
                .params(Timestamp.from(now.plus(lease)), Timestamp.from(now), most)
                .query((row, number) -> new Mail(
                        row.getObject("mail_id", UUID.class),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getInt("attempts")))
                .list();
    }

    void sent(Mail mail) {
        jdbc.sql("update mail set attempts = attempts + 1, next_at = null, sent_at = ?, last_error = null where"
                        + " mail_id = ?")
                .params(Timestamp.from(clock.instant()), mail.id())
                .update();
    }

    /** @param retryAfter null for never */
    void failed(Mail mail, String error, @Nullable Duration retryAfter) {
        jdbc.sql("update mail set attempts = attempts + 1, next_at = :next, last_error = :error where mail_id = :id")
                .param(
                        "next",
                        retryAfter == null
                                ? null
                                : Timestamp.from(clock.instant().plus(retryAfter)),
                        Types.TIMESTAMP)
                .param("error", error)
                .param("id", mail.id())
                .update();
    }
}
