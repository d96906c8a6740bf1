package com.gogogoapi.funding.faucet;

import com.gogogoapi.contracts.identity.AccountId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** How much was given away of late: for all instances together, and at most a row for each payment of an hour. */
@Repository
public class TestPayments {

    /** In tokens. */
    public static final BigDecimal AT_ONCE = new BigDecimal(100);

    public static final BigDecimal AN_HOUR = new BigDecimal(1_000);
    private static final BigDecimal AN_HOUR_TO_ALL = new BigDecimal(100_000);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Of this table's own. */
    private static final long LOCK = 31_337;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    TestPayments(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Notes a payment, if it may be made.
     *
     * @return empty if it may; otherwise how long nothing more of that size is given away, at most
     */
    public Optional<Duration> note(AccountId account, BigDecimal amount) {
        return Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().listOfRows();
            var now = clock.instant();
            jdbc.sql("delete from test_payment where paid_at <= ?")
                    .param(Timestamp.from(now.minus(HOUR)))
                    .update();
            if (sum("").add(amount).compareTo(AN_HOUR_TO_ALL) > 0
                    || sum(account.value()).add(amount).compareTo(AN_HOUR) > 0) {
                return Optional.of(HOUR);
            }
            jdbc.sql("insert into test_payment (account_id, paid_at, amount) values (?, ?, ?)")
                    .params(account.value(), Timestamp.from(now), amount)
                    .update();
            return Optional.<Duration>empty();
        }));
    }

    /** @param account empty for all */
    private BigDecimal sum(String account) {
        return jdbc.sql("select coalesce(sum(amount), 0) from test_payment where :account in ('', account_id)")
                .param("account", account)
                .query(BigDecimal.class)
                .single();
    }
}
