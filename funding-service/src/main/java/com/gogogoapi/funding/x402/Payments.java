package com.gogogoapi.funding.x402;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Signature;
import com.gogogoapi.funding.evm.TransferAuthorization;
import com.gogogoapi.funding.rpc.Log;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps payments, one row an authorisation. Who works at one claims it first, so that one instance does at a time. */
@Repository
class Payments {

    private static final int AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    Payments(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes it in, to be settled at once. @return false if the authorisation is known already; then nothing changes */
    boolean accept(Payment payment) {
        var authorization = payment.authorization();
        return jdbc.sql("""
            insert into payment (payment_id, account_id, chain_id, contract, symbol, payer, nonce, address, amount, valid_after,
                                 valid_before, signature, accepted, resource, from_height, state, accepted_at, next_at)
            values (:id, :account, :chain, :contract, :symbol, :payer, :nonce, :address, :amount, :after, :before, :signature,
                    :accepted, :resource, :height, 'accepted', :now, :now)
            on conflict (chain_id, contract, payer, nonce) do nothing\
            """)
                        .param("id", payment.id())
                        .param("account", payment.account().value())
                        .param("chain", payment.chainId())
                        .param("contract", payment.contract().value())
                        .param("symbol", payment.symbol())
                        .param("payer", payment.payer().value())
                        .param("nonce", authorization.nonce())
                        .param("address", payment.address().value())
                        .param("amount", new BigDecimal(payment.amount()))
                        .param("after", new BigDecimal(authorization.validAfter()))
                        .param("before", new BigDecimal(authorization.validBefore()))
                        .param("signature", payment.signature().text())
                        .param("accepted", payment.accepted())
                        .param("resource", payment.resource())
                        .param("height", payment.fromHeight())
                        .param("now", Timestamp.from(payment.acceptedAt()))
                        .update()
                == 1;
    }

    Optional<Payment> of(String chainId, EvmAddress contract, EvmAddress payer, String nonce) {
        return jdbc.sql("select * from payment where chain_id = ? and contract = ? and payer = ? and nonce = ?")
                .params(chainId, contract.value(), payer.value(), nonce)
                .query(Payments::read)
                .optional();
    }

    Optional<Payment> byId(UUID id) {
        return jdbc.sql("select * from payment where payment_id = ?")
                .param(id)
                .query(Payments::read)
                .optional();
    }

    /** One of the account's whose outcome is not known yet, or that it has not got yet. */
    Optional<Payment> inFlight(AccountId account) {
        return jdbc.sql("""
            select * from payment p
             where account_id = ? and state in ('accepted', 'sent', 'settled')
               and not exists (select 1 from early_credit e where e.payment_id = p.payment_id and e.credited_at is not null)
             order by accepted_at desc limit 1\
            """).param(account.value()).query(Payments::read).optional();
    }

    /** Those that are due, which nobody else is given before the lease ends. */
    List<Payment> claim(Duration lease) {
        return claimed(lease, null);
    }

    /** That one, if it is due. */
    Optional<Payment> claim(Duration lease, UUID id) {
        return claimed(lease, id.toString()).stream().findFirst();
    }

    private List<Payment> claimed(Duration lease, @Nullable String id) {
        var now = clock.instant();
        return jdbc.sql("""
            update payment set next_at = :lease
             where payment_id in (
                   select payment_id from payment
                    where next_at <= :now and (cast(:id as text) is null or payment_id = cast(cast(:id as text) as uuid))
                    order by next_at limit :most for update skip locked)
            returning *\
            """)
                .param("lease", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("id", id, java.sql.Types.VARCHAR)
                .param("most", AT_ONCE)
                .query(Payments::read)
                .list();
    }

    void lookAgain(Payment payment, Duration after) {
        jdbc.sql("update payment set next_at = ? where payment_id = ? and next_at is not null")
                .params(Timestamp.from(clock.instant().plus(after)), payment.id())
                .update();
    }

    /** It may be on its way from here on. */
    void asked(UUID id) {
        jdbc.sql(
                        "update payment set state = 'sent', asked_at = ? where payment_id = ? and state in ('accepted', 'sent')")
                .params(Timestamp.from(clock.instant()), id)
                .update();
    }

    /** Where somebody says that it is; the chain has the last word. */
    void hint(UUID id, String transactionHash) {
        jdbc.sql("update payment set transaction_hash = ? where payment_id = ? and state = 'sent'")
                .params(transactionHash, id)
                .update();
    }

    /** The chain has it there. */
    void settled(Payment payment, Log log) {
        jdbc.sql("""
            update payment set state = 'settled', transaction_hash = ?, log_index = ?, height = ?, block_hash = ?,
                   settled_at = coalesce(settled_at, ?)
             where payment_id = ? and state in ('accepted', 'sent', 'settled')\
            """)
                .params(
                        log.transactionHash(),
                        log.index(),
                        log.height(),
                        log.blockHash(),
                        Timestamp.from(clock.instant()),
                        payment.id())
                .update();
    }

    /** Its block is gone: it is on its way again. */
    void unsettled(Payment payment) {
        jdbc.sql("""
            update payment set state = 'sent', log_index = null, height = null, block_hash = null
             where payment_id = ? and state = 'settled'\
            """).param(payment.id()).update();
    }

    void arrived(Payment payment) {
        jdbc.sql("update payment set state = 'arrived', next_at = null where payment_id = ? and state = 'settled'")
                .param(payment.id())
                .update();
    }

    void failed(Payment payment, String reason) {
        jdbc.sql("""
            update payment set state = 'failed', reason = ?, next_at = null where payment_id = ? and state in ('accepted', 'sent')\
            """).params(reason, payment.id()).update();
    }

    /** How far the deposit is that a settled one is, final only where it waits for something; empty while no watcher has seen it. */
    Optional<String> stateOfDeposit(Payment payment) {
        return jdbc.sql("""
            select case when state = 'final' and waits_for is null then 'confirming' else state end from deposit
             where chain_id = ? and transaction_hash = ? and log_index = ?\
            """)
                .params(
                        payment.chainId(),
                        String.valueOf(payment.transactionHash()),
                        java.util.Objects.requireNonNullElse(payment.logIndex(), -2))
                .query(String.class)
                .optional();
    }

    /** Up to where a chain is final and recorded. */
    Optional<Long> finalHeight(String chainId) {
        return jdbc.sql("select final_height from chain_watch where chain_id = ? and final_height is not null")
                .param(chainId)
                .query(Long.class)
                .optional();
    }

    private static Payment read(ResultSet row, int number) throws SQLException {
        return new Payment(
                row.getObject("payment_id", UUID.class),
                new AccountId(row.getString("account_id")),
                row.getString("chain_id"),
                new EvmAddress(row.getString("contract")),
                row.getString("symbol"),
                new TransferAuthorization(
                        new EvmAddress(row.getString("payer")),
                        new EvmAddress(row.getString("address")),
                        integer(row, "amount"),
                        integer(row, "valid_after"),
                        integer(row, "valid_before"),
                        row.getString("nonce")),
                Signature.parse(row.getString("signature")),
                row.getString("accepted"),
                row.getString("resource"),
                row.getLong("from_height"),
                PaymentState.of(row.getString("state")),
                row.getString("reason"),
                row.getString("transaction_hash"),
                row.getObject("log_index", Integer.class),
                row.getObject("height", Long.class),
                row.getTimestamp("accepted_at").toInstant(),
                instant(row, "settled_at"),
                instant(row, "asked_at"));
    }

    private static BigInteger integer(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
