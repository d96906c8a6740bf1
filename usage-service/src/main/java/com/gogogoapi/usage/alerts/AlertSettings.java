package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** What accounts want to be told, and where by mail. */
@Repository
public class AlertSettings {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    AlertSettings(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param lowBalance below it an account's credit is low; null for never
     * @param email where alerts go; null for nowhere
     */
    public record Setting(
            @Nullable Usd lowBalance, @Nullable String email) {

        static final Setting NONE = new Setting(null, null);
    }

    public Setting of(AccountId account) {
        return jdbc.sql("select low_balance_usd, email from alert_setting where account_id = ?")
                .param(account.value())
                .query((row, number) -> {
                    var low = row.getBigDecimal(1);
                    return new Setting(low == null ? null : new Usd(low), row.getString(2));
                })
                .optional()
                .orElse(Setting.NONE);
    }

    void set(AccountId account, Setting setting) {
        var low = setting.lowBalance() == null ? null : setting.lowBalance().amount();
        transactions.executeWithoutResult(status -> {
            // With another threshold it is another question whether credit is low.
            jdbc.sql("""
                delete from low_balance where account_id = :account
                   and not exists (select 1 from alert_setting where account_id = :account and low_balance_usd = :low)\
                """)
                    .param("account", account.value())
                    .param("low", low, Types.NUMERIC)
                    .update();
            jdbc.sql("""
                insert into alert_setting values (:account, :low, :email, :now)
                on conflict (account_id) do update
                   set low_balance_usd = excluded.low_balance_usd, email = excluded.email,
                       updated_at = excluded.updated_at\
                """)
                    .param("account", account.value())
                    .param("low", low, Types.NUMERIC)
                    .param("email", setting.email(), Types.VARCHAR)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        });
    }
}
