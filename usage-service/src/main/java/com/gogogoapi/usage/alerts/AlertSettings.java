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
     * @param email where alerts go, which was confirmed; null for nowhere
     * @param unconfirmedEmail where they will go once somebody there has confirmed it; null for nowhere else
     */
    public record Setting(
            @Nullable Usd lowBalance,
            @Nullable String email,
            @Nullable String unconfirmedEmail) {

        static final Setting NONE = new Setting(null, null, null);
    }

    public Setting of(AccountId account) {
        return jdbc.sql("select low_balance_usd, email, pending_email from alert_setting where account_id = ?")
                .param(account.value())
                .query((row, number) -> {
                    var low = row.getBigDecimal(1);
                    return new Setting(low == null ? null : new Usd(low), row.getString(2), row.getString(3));
                })
                .optional()
                .orElse(Setting.NONE);
    }

    /** Sets all of it; an address that is yet to be confirmed is another matter. @param keepsEmail whether the one there is stays */
    void set(AccountId account, @Nullable Usd lowBalance, boolean keepsEmail) {
        var low = lowBalance == null ? null : lowBalance.amount();
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
                insert into alert_setting (account_id, low_balance_usd, updated_at) values (:account, :low, :now)
                on conflict (account_id) do update
                   set low_balance_usd = excluded.low_balance_usd, updated_at = excluded.updated_at,
                       email = case when :keeps then alert_setting.email end, pending_email = null, pending_code = null,
                       pending_until = null, pending_failures = 0\
                """)
                    .param("account", account.value())
                    .param("low", low, Types.NUMERIC)
                    .param("keeps", keepsEmail)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        });
    }
}
