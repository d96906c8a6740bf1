package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.following.Followed;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells when what an account has left, held credit included, falls below what it chose, once: it is told again only after
 * there was a fifth more than that.
 */
@Component
class LowBalance implements EventWatch {

    private static final BigDecimal RECOVERED = new BigDecimal("1.2");

    private final JdbcClient jdbc;
    private final Alerts alerts;

    LowBalance(JdbcClient jdbc, Alerts alerts) {
        this.jdbc = jdbc;
        this.alerts = alerts;
    }

    @Override
    public void look(List<Followed> events) {
        var accounts = events.stream()
                .map(followed -> followed.event().accountId().value())
                .distinct()
                .toArray(String[]::new);
        var thresholds = thresholds(accounts);
        if (thresholds.isEmpty()) {
            return;
        }
        var low = low(accounts);
        for (var followed : events) {
            var threshold = thresholds.get(followed.event().accountId().value());
            if (threshold != null) {
                look(followed, threshold, low);
            }
        }
    }

    private void look(Followed followed, BigDecimal threshold, Set<String> low) {
        var event = followed.event();
        var account = event.accountId().value();
        var left = event.balance().availableUsd().plus(event.balance().heldUsd());
        if (left.amount().compareTo(threshold) < 0 && low.add(account)) {
            jdbc.sql("insert into low_balance values (?, ?)")
                    .params(account, followed.sequence())
                    .update();
            raise(AlertKind.CREDIT_LOW, followed, left, threshold);
        } else if (left.amount().compareTo(threshold.multiply(RECOVERED)) >= 0 && low.remove(account)) {
            jdbc.sql("delete from low_balance where account_id = ?")
                    .param(account)
                    .update();
            raise(AlertKind.CREDIT_RECOVERED, followed, left, threshold);
        }
    }

    private void raise(AlertKind kind, Followed followed, Usd left, BigDecimal threshold) {
        alerts.raise(
                followed.event().accountId(),
                kind,
                "",
                followed.shard(),
                followed.sequence(),
                followed.event().decidedAt(),
                Map.of(
                        "left_usd",
                        left,
                        "available_usd",
                        followed.event().balance().availableUsd(),
                        "held_usd",
                        followed.event().balance().heldUsd(),
                        "threshold_usd",
                        new Usd(threshold)));
    }

    private Map<String, BigDecimal> thresholds(String[] accounts) {
        var thresholds = new HashMap<String, BigDecimal>();
        jdbc.sql("""
            select account_id, low_balance_usd from alert_setting
             where account_id = any(?) and low_balance_usd is not null\
            """).param(accounts).query(row -> {
            thresholds.put(row.getString(1), row.getBigDecimal(2));
        });
        return thresholds;
    }

    private Set<String> low(String[] accounts) {
        return new HashSet<>(jdbc.sql("select account_id from low_balance where account_id = any(?)")
                .param(accounts)
                .query(String.class)
                .list());
    }
}
