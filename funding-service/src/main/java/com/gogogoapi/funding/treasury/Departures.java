package com.gogogoapi.funding.treasury;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.ChainId;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Log;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What left our addresses, as the chain says: a sweep is recorded because it happened and not because somebody said so. Written by a chain's
 * watcher, in the transaction that says up to where the chain is read.
 */
@Repository
public class Departures {

    private static final Logger log = LoggerFactory.getLogger(Departures.class);

    private final JdbcClient jdbc;
    private final Treasuries treasuries;
    private final Clock clock;

    Departures(JdbcClient jdbc, Treasuries treasuries, Clock clock) {
        this.jdbc = jdbc;
        this.treasuries = treasuries;
        this.clock = clock;
    }

    /**
     * Records a final transfer from an address of ours. Anybody can have one of nothing logged in another's name: it is none.
     *
     * @param isOurs whether an address is an account's
     */
    public void left(Chain chain, Log transfer, Instant blockTime, Predicate<EvmAddress> isOurs) {
        var token = chain.token(transfer.contract());
        var amount = Hex.firstWord(transfer.data());
        if (token.isEmpty() || transfer.topics().size() != 3 || amount.signum() == 0) {
            return;
        }
        var from = EvmAddress.ofWord(transfer.topics().get(1));
        var to = EvmAddress.ofWord(transfer.topics().get(2));
        var kind = treasuries.of(chain).filter(to::equals).isPresent()
                ? Departure.Kind.SWEEP
                : isOurs.test(to) ? Departure.Kind.INTERNAL : Departure.Kind.ELSEWHERE;
        var isNew = jdbc.sql("""
            insert into departure (chain_id, transaction_hash, log_index, kind, address, receiver, contract, symbol, decimals, amount,
                                   height, block_hash, block_time, recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """)
                .params(
                        chain.id().text(),
                        transfer.transactionHash(),
                        transfer.index(),
                        kind.wireName(),
                        from.value(),
                        to.value(),
                        transfer.contract().value(),
                        token.get().symbol(),
                        token.get().decimals(),
                        new BigDecimal(amount),
                        transfer.height(),
                        transfer.blockHash(),
                        Timestamp.from(blockTime),
                        Timestamp.from(clock.instant()))
                .update();
        if (isNew == 1 && kind == Departure.Kind.ELSEWHERE) {
            log.error(
                    "{}: {} {} left {} for {}, which is not the treasury: {}",
                    chain.id(),
                    token.get().tokens(amount),
                    token.get().symbol(),
                    from,
                    to,
                    transfer.transactionHash());
        }
    }

    /** How many left for elsewhere that nobody has explained. */
    public long unexplained(ChainId chain) {
        return jdbc.sql(
                        "select count(*) from departure where chain_id = ? and kind = 'elsewhere' and explained_by is null")
                .param(chain.text())
                .query(Long.class)
                .single();
    }

    /** The newest first. @param before where the page before ended; null for the first page */
    List<Departure> list(Chain chain, @Nullable Place before, int most) {
        return jdbc.sql("""
            select * from departure
             where chain_id = :chain and (cast(:height as bigint) is null or (height, log_index) < (:height, :log))
             order by height desc, log_index desc limit :most\
            """)
                .param("chain", chain.id().text())
                .param("height", before == null ? null : before.height(), Types.BIGINT)
                .param("log", before == null ? null : before.logIndex(), Types.INTEGER)
                .param("most", most)
                .query(Departures::read)
                .list();
    }

    /** A log's place on its chain. */
    record Place(long height, int logIndex) {}

    /** Somebody has looked at it: it alarms no more. Empty if nothing such left for elsewhere. */
    Optional<Departure> explain(Chain chain, String transactionHash, int logIndex, String by, String explanation) {
        return jdbc.sql("""
            update departure set explained_by = ?, explanation = ?
             where chain_id = ? and transaction_hash = ? and log_index = ? and kind = 'elsewhere'
            returning *\
            """)
                .params(by, explanation, chain.id().text(), transactionHash, logIndex)
                .query(Departures::read)
                .optional();
    }

    private static Departure read(ResultSet row, int number) throws SQLException {
        return new Departure(
                row.getString("chain_id"),
                row.getString("transaction_hash"),
                row.getInt("log_index"),
                Departure.Kind.of(row.getString("kind")),
                new EvmAddress(row.getString("address")),
                new EvmAddress(row.getString("receiver")),
                new EvmAddress(row.getString("contract")),
                row.getString("symbol"),
                row.getInt("decimals"),
                row.getBigDecimal("amount").toBigIntegerExact(),
                row.getLong("height"),
                row.getString("block_hash"),
                row.getTimestamp("block_time").toInstant(),
                row.getString("explained_by"),
                row.getString("explanation"));
    }
}
