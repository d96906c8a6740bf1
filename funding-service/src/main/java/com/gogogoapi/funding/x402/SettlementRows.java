package com.gogogoapi.funding.x402;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.EvmKey.Call;
import com.gogogoapi.funding.evm.EvmKey.SignedTransaction;
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
import java.util.function.LongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what our settler sends, before it sends it, and gives out its nonces: one row for each chain, one instance at a time. */
@Repository
class SettlementRows {

    private static final Duration A_DAY = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    SettlementRows(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A transaction that was, or is about to be, sent. */
    record Row(
            String chainId,
            long nonce,
            String hash,
            UUID payment,
            String signed,
            BigInteger maxFee,
            BigInteger priorityFee,
            long gasLimit,
            Instant sentAt,
            boolean isOpen) {}

    /** A signed transaction and what it may cost. */
    record Signed(Call call, SignedTransaction transaction) {}

    /**
     * Signs and records one under the next nonce.
     *
     * @param counted how many transactions of the settler's the chain has
     * @param mostADay in wei
     * @return empty if it would spend more than it may in a day
     */
    Optional<SignedTransaction> next(
            String chainId,
            EvmAddress settler,
            UUID payment,
            long counted,
            BigInteger mostADay,
            LongFunction<Signed> signing) {
        return java.util.Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("insert into settler (chain_id, address, next_nonce) values (?, ?, ?) on conflict do nothing")
                    .params(chainId, settler.value(), counted)
                    .update();
            var next = jdbc.sql("select next_nonce from settler where chain_id = ? and address = ? for update")
                    .params(chainId, settler.value())
                    .query(Long.class)
                    .single();
            var another = jdbc.sql("""
                select transaction_hash, signed from settlement
                 where payment_id = ? and settler = ? and is_open and nonce >= ? order by nonce desc, max_fee desc limit 1\
                """)
                    .params(payment, settler.value(), counted)
                    .query((row, number) ->
                            new SignedTransaction(row.getString("transaction_hash"), row.getString("signed")))
                    .optional();
            if (another.isPresent()) {
                // Another instance, which was taken for dead, was faster.
                return another;
            }
            // Where nothing of ours is on its way the chain knows best: it may have been made anew, or its key used
            // elsewhere.
            var nonce = hasOpen(chainId, settler) ? Math.max(next, counted) : counted;
            var signed = signing.apply(nonce);
            if (spentLately(chainId, settler).add(worst(signed.call())).compareTo(mostADay) > 0) {
                status.setRollbackOnly();
                return Optional.<SignedTransaction>empty();
            }
            jdbc.sql("update settler set next_nonce = ? where chain_id = ? and address = ?")
                    .params(nonce + 1, chainId, settler.value())
                    .update();
            insert(chainId, settler, payment, signed);
            jdbc.sql("update payment set state = 'sent' where payment_id = ? and state = 'accepted'")
                    .param(payment)
                    .update();
            return Optional.of(signed.transaction());
        }));
    }

    /** Records one in the place of another, of the same nonce. */
    void instead(Row former, EvmAddress settler, Signed signed) {
        transactions.executeWithoutResult(status -> insert(former.chainId(), settler, former.payment(), signed));
    }

    private void insert(String chainId, EvmAddress settler, UUID payment, Signed signed) {
        jdbc.sql("""
            insert into settlement (chain_id, settler, nonce, transaction_hash, payment_id, signed, max_fee, priority_fee, gas_limit,
                                    sent_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """)
                .params(
                        chainId,
                        settler.value(),
                        signed.call().nonce(),
                        signed.transaction().hash(),
                        payment,
                        signed.transaction().bytes(),
                        new BigDecimal(signed.call().maxFee()),
                        new BigDecimal(signed.call().priorityFee()),
                        signed.call().gasLimit(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    private boolean hasOpen(String chainId, EvmAddress settler) {
        return jdbc.sql("select exists (select 1 from settlement where chain_id = ? and settler = ? and is_open)")
                .params(chainId, settler.value())
                .query(Boolean.class)
                .single();
    }

    /** What it may have cost within 24 hours, in wei: all of the gas, at the most that was offered. */
    BigInteger spentLately(String chainId, EvmAddress settler) {
        return jdbc.sql("""
            select coalesce(sum(worst), 0) from (
                   select max(max_fee * gas_limit) as worst from settlement
                    where chain_id = ? and settler = ? and sent_at > ? group by nonce) each_nonce\
            """)
                .params(chainId, settler.value(), Timestamp.from(clock.instant().minus(A_DAY)))
                .query(BigDecimal.class)
                .single()
                .toBigInteger();
    }

    static BigInteger worst(Call call) {
        return call.maxFee().multiply(BigInteger.valueOf(call.gasLimit()));
    }

    /** A payment's, the newest first. */
    List<Row> of(UUID payment) {
        return jdbc.sql("select * from settlement where payment_id = ? order by nonce desc, max_fee desc")
                .param(payment)
                .query(SettlementRows::read)
                .list();
    }

    /** Those of a chain whose nonce is not used, the lowest first, each as it was sent last. */
    List<Row> open(String chainId, EvmAddress settler) {
        return jdbc.sql("""
            select distinct on (nonce) * from settlement where chain_id = ? and settler = ? and is_open
             order by nonce, max_fee desc\
            """)
                .params(chainId, settler.value())
                .query(SettlementRows::read)
                .list();
    }

    /** Nonces below are used. */
    void usedBelow(String chainId, EvmAddress settler, long nonce) {
        jdbc.sql("update settlement set is_open = false where chain_id = ? and settler = ? and is_open and nonce < ?")
                .params(chainId, settler.value(), nonce)
                .update();
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString("chain_id"),
                row.getLong("nonce"),
                row.getString("transaction_hash"),
                row.getObject("payment_id", UUID.class),
                row.getString("signed"),
                row.getBigDecimal("max_fee").toBigInteger(),
                row.getBigDecimal("priority_fee").toBigInteger(),
                row.getLong("gas_limit"),
                row.getTimestamp("sent_at").toInstant(),
                row.getBoolean("is_open"));
    }
}
