package com.gogogoapi.funding.treasury;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.rpc.Anchor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What lies at our addresses, by what reached and what left them up to the block up to which all is recorded. What was credited before it
 * was final is not there yet.
 */
@Repository
class Holdings {

    private final JdbcClient jdbc;

    Holdings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the token's smallest unit. @param credited of what was received; and so on */
    record Sums(
            BigInteger received,
            BigInteger credited,
            BigInteger waiting,
            BigInteger rejected,
            BigInteger swept,
            BigInteger elsewhere) {}

    /** As of one moment. @param addresses all that were ever paid at */
    record Recorded(Anchor at, Sums sums, List<EvmAddress> addresses) {}

    /** Empty before the first look at the chain. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Recorded> of(Chain chain, Token token) {
        var id = chain.id().text();
        var contract = token.contract().value();
        return jdbc.sql(
                        "select final_height, final_hash from chain_watch where chain_id = ? and final_hash is not null")
                .param(id)
                .query((row, number) -> new Anchor(row.getLong("final_height"), row.getString("final_hash")))
                .optional()
                .map(at -> new Recorded(at, sums(id, contract), addresses(id, contract)));
    }

    private Sums sums(String chain, String contract) {
        return jdbc.sql("""
            select coalesce(sum(amount), 0) received,
                   coalesce(sum(amount) filter (where state = 'credited'), 0) credited,
                   coalesce(sum(amount) filter (where state = 'final'), 0) waiting,
                   coalesce(sum(amount) filter (where state = 'rejected'), 0) rejected,
                   (select coalesce(sum(amount), 0) from departure
                     where chain_id = :chain and contract = :contract and kind = 'sweep') swept,
                   (select coalesce(sum(amount), 0) from departure
                     where chain_id = :chain and contract = :contract and kind <> 'sweep') elsewhere
              from deposit
             where chain_id = :chain and contract = :contract and state in ('final', 'credited', 'rejected')
               and height <= (select final_height from chain_watch where chain_id = :chain)\
            """)
                .param("chain", chain)
                .param("contract", contract)
                .query((row, number) -> new Sums(
                        row.getBigDecimal("received").toBigIntegerExact(),
                        row.getBigDecimal("credited").toBigIntegerExact(),
                        row.getBigDecimal("waiting").toBigIntegerExact(),
                        row.getBigDecimal("rejected").toBigIntegerExact(),
                        row.getBigDecimal("swept").toBigIntegerExact(),
                        row.getBigDecimal("elsewhere").toBigIntegerExact()))
                .single();
    }

    private List<EvmAddress> addresses(String chain, String contract) {
        return jdbc.sql("""
            select distinct address from deposit
             where chain_id = :chain and contract = :contract and state in ('final', 'credited', 'rejected') and amount > 0
               and height <= (select final_height from chain_watch where chain_id = :chain)\
            """).param("chain", chain).param("contract", contract).query(String.class).list().stream()
                .map(EvmAddress::new)
                .toList();
    }

    /** An address of an account and what lies there. @param keyIndex of which it is derived, of the key {@code keyId} */
    record Held(EvmAddress address, String account, String keyId, int keyIndex, BigInteger amount) {}

    /** Where the most lies, as far as it is as much as that. */
    List<Held> most(Chain chain, Token token, BigInteger atLeast, int most) {
        return jdbc.sql("""
            with held as (
                 select address, sum(amount) amount from (
                        select address, amount from deposit
                         where chain_id = :chain and contract = :contract and state in ('final', 'credited', 'rejected')
                           and height <= (select final_height from chain_watch where chain_id = :chain)
                        union all
                        select address, -amount from departure where chain_id = :chain and contract = :contract) moved
                  group by address having sum(amount) >= :least and sum(amount) > 0)
            select held.address, held.amount, a.account_id, a.key_id, a.key_index
              from held join deposit_address a on a.address = held.address
             order by held.amount desc, held.address limit :most\
            """)
                .param("chain", chain.id().text())
                .param("contract", token.contract().value())
                .param("least", new BigDecimal(atLeast))
                .param("most", most)
                .query((row, number) -> new Held(
                        new EvmAddress(row.getString("address")),
                        row.getString("account_id"),
                        row.getString("key_id"),
                        row.getInt("key_index"),
                        row.getBigDecimal("amount").toBigIntegerExact()))
                .list();
    }
}
