package com.gogogoapi.funding.credit;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what is credited before it is final, and for each account how much that is of late. */
@Repository
class EarlyCreditRows {

    private static final Duration A_DAY = Duration.ofHours(24);
    private static final String SELECT = """
        select e.*, p.contract, p.payer, p.address, p.nonce from early_credit e join payment p using (payment_id)\
        """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    EarlyCreditRows(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    Optional<EarlyCredit> of(UUID payment) {
        return jdbc.sql(SELECT + " where e.payment_id = ?")
                .param(payment)
                .query(EarlyCreditRows::read)
                .optional();
    }

    /** @return false if that were more than the limit, or if it is final by now, where it is credited as others are */
    boolean begin(UUID payment, Deposit deposit, BigDecimal limit) {
        var amount = Objects.requireNonNull(deposit.amountUsd()).amount();
        var account = deposit.account();
        return Boolean.TRUE.equals(transactions.execute(status -> {
            // One at a time of an account, or two would each see room for itself.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 402))")
                    .param(account.value())
                    .query()
                    .listOfRows();
            if (lately(account).add(amount).compareTo(limit) > 0 || isFinal(deposit)) {
                return false;
            }
            return jdbc.sql("""
                insert into early_credit (payment_id, account_id, reference, amount_usd, reason, requested_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing\
                """)
                            .params(
                                    payment,
                                    account.value(),
                                    deposit.reference(),
                                    amount,
                                    deposit.tokens() + " " + deposit.symbol() + " from " + deposit.sender()
                                            + ", before it is final",
                                    Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                            .update()
                    == 1;
        }));
    }

    private boolean isFinal(Deposit deposit) {
        return jdbc.sql("""
            select exists (select 1 from deposit where chain_id = ? and transaction_hash = ? and log_index = ?
                              and state in ('final', 'credited', 'rejected'))\
            """)
                .params(deposit.chainId(), deposit.transactionHash(), deposit.logIndex())
                .query(Boolean.class)
                .single();
    }

    /** What was, within 24 hours. */
    BigDecimal lately(AccountId account) {
        return jdbc.sql(
                        "select coalesce(sum(amount_usd), 0) from early_credit where account_id = ? and requested_at > ?")
                .params(account.value(), Timestamp.from(clock.instant().minus(A_DAY)))
                .query(BigDecimal.class)
                .single();
    }

    void asked(EarlyCredit credit) {
        jdbc.sql("update early_credit set asked_at = ? where payment_id = ?")
                .params(Timestamp.from(clock.instant()), credit.payment())
                .update();
    }

    void credited(EarlyCredit credit) {
        jdbc.sql("update early_credit set credited_at = ? where payment_id = ? and credited_at is null")
                .params(Timestamp.from(clock.instant()), credit.payment())
                .update();
    }

    /** @return whether that is new */
    boolean lost(EarlyCredit credit) {
        return jdbc.sql("""
            update early_credit set lost_at = ? where payment_id = ? and lost_at is null and deposit_id is null\
            """)
                        .params(Timestamp.from(clock.instant()), credit.payment())
                        .update()
                == 1;
    }

    long countLost() {
        return jdbc.sql("select count(*) from early_credit where lost_at is not null")
                .query(Long.class)
                .single();
    }

    /** Those that a deposit may be. Also what was given up as lost: it may arrive after all. */
    List<EarlyCredit> candidates(Deposit deposit) {
        return jdbc.sql(SELECT + """
             where e.account_id = ? and p.chain_id = ? and p.contract = ? and p.payer = ?
               and (e.deposit_id is null or e.deposit_id = ?)
             order by e.deposit_id nulls last, e.requested_at\
            """)
                .params(
                        deposit.account().value(),
                        deposit.chainId(),
                        deposit.contract() == null ? "" : deposit.contract().value(),
                        deposit.sender().value(),
                        deposit.id())
                .query(EarlyCreditRows::read)
                .list();
    }

    void becomes(EarlyCredit credit, Deposit deposit) {
        jdbc.sql("update early_credit set deposit_id = ?, lost_at = null where payment_id = ?")
                .params(deposit.id(), credit.payment())
                .update();
    }

    private static EarlyCredit read(ResultSet row, int number) throws SQLException {
        return new EarlyCredit(
                row.getObject("payment_id", UUID.class),
                new AccountId(row.getString("account_id")),
                new AuthorizedTransfer(
                        new EvmAddress(row.getString("contract")),
                        new EvmAddress(row.getString("payer")),
                        new EvmAddress(row.getString("address")),
                        row.getString("nonce")),
                row.getString("reference"),
                new Usd(row.getBigDecimal("amount_usd")),
                row.getString("reason"),
                Objects.requireNonNull(instant(row, "requested_at")),
                instant(row, "asked_at"),
                instant(row, "credited_at"),
                row.getObject("deposit_id", UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
