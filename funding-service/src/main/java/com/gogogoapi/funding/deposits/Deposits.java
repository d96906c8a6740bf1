package com.gogogoapi.funding.deposits;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.funding.chains.ChainId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps everything that reached our addresses, one row each. A transaction that is mined again after a reorganisation is the same
 * arrival, though it may have another place in its block then. Everything here is written by a chain's watcher, in the transaction that
 * says up to where the chain is read.
 */
@Repository
public class Deposits {

    private static final String SEEN = """
        insert into deposit (deposit_id, chain_id, transaction_hash, log_index, account_id, address, sender, contract, symbol, decimals,
                             amount, amount_usd, state, reason, height, block_hash, block_time, seen_at, final_at, next_at)
        values (:id, :chain, :transaction, :log, :account, :address, :sender, :contract, :symbol, :decimals,
                :amount, :usd, :state, :reason, :height, :block, :time, :now, :final, :final)
        on conflict (chain_id, transaction_hash, log_index) do update
           set account_id = excluded.account_id, address = excluded.address, sender = excluded.sender,
               contract = excluded.contract, symbol = excluded.symbol, decimals = excluded.decimals,
               amount = excluded.amount, amount_usd = excluded.amount_usd,
               state = excluded.state, reason = excluded.reason, height = excluded.height,
               block_hash = excluded.block_hash, block_time = excluded.block_time,
               final_at = excluded.final_at, next_at = excluded.next_at
         where deposit.state in ('seen', 'confirming', 'orphaned')\
        """;

    /** The same arrival at another place of its block: its row gets that place, if none has it. */
    private static final String MOVED = """
        update deposit set log_index = :log
         where deposit_id = (
               select deposit_id from deposit
                where chain_id = :chain and transaction_hash = :transaction and state = 'orphaned' and log_index <> :log
                  and address = :address and contract is not distinct from :contract and amount = :amount
                order by log_index limit 1)
           and not exists (
               select 1 from deposit where chain_id = :chain and transaction_hash = :transaction and log_index = :log)\
        """;

    private static final int MOST_WORTHLESS_A_DAY = 1_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private @Nullable UUID lastId;

    Deposits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In a block that may still go away. */
    public void seen(Arrival arrival) {
        write(arrival, DepositState.SEEN);
    }

    /** In a block that will not: to be credited, or not for its reason. */
    public void arrived(Arrival arrival) {
        write(arrival, arrival.reason() == null ? DepositState.FINAL : DepositState.REJECTED);
    }

    private void write(Arrival arrival, DepositState state) {
        if (arrival.isWorthless() && isOneTooMany(arrival)) {
            if (state != DepositState.SEEN) {
                passOver(arrival);
            }
            return;
        }
        var contract = arrival.contract() == null ? null : arrival.contract().value();
        jdbc.sql(MOVED)
                .param("log", arrival.logIndex())
                .param("chain", arrival.chain().text())
                .param("transaction", arrival.transactionHash())
                .param("address", arrival.address().value())
                .param("contract", contract, Types.VARCHAR)
                .param("amount", new BigDecimal(arrival.amount()))
                .update();
        var now = Timestamp.from(clock.instant());
        var token = arrival.token();
        var usd = arrival.amountUsd();
        var reason = arrival.reason();
        jdbc.sql(SEEN)
                .param("id", nextId())
                .param("chain", arrival.chain().text())
                .param("transaction", arrival.transactionHash())
                .param("log", arrival.logIndex())
                .param("account", arrival.account().value())
                .param("address", arrival.address().value())
                .param("sender", arrival.sender().value())
                .param("contract", contract, Types.VARCHAR)
                .param("symbol", token == null ? null : token.symbol(), Types.VARCHAR)
                .param("decimals", token == null ? null : token.decimals(), Types.INTEGER)
                .param("amount", new BigDecimal(arrival.amount()))
                .param("usd", usd == null ? null : usd.amount(), Types.NUMERIC)
                .param("state", state.wireName())
                .param("reason", reason == null ? null : reason.wireName(), Types.VARCHAR)
                .param("height", arrival.height())
                .param("block", arrival.blockHash())
                .param("time", Timestamp.from(arrival.blockTime()))
                .param("now", now)
                .param("final", state == DepositState.SEEN ? null : now, Types.TIMESTAMP)
                .update();
    }

    /** Greater than the one before: what is seen in one millisecond is listed in the order of the chain too. */
    private synchronized UUID nextId() {
        var id = TimeOrderedIds.next();
        while (lastId != null && id.getMostSignificantBits() <= lastId.getMostSignificantBits()) {
            id = TimeOrderedIds.next();
        }
        lastId = id;
        return id;
    }

    /** Whether it would be a new row, and the account has as many of its kind as a day may bring. */
    private boolean isOneTooMany(Arrival arrival) {
        return jdbc.sql("""
            select (select count(*) from (
                    select 1 from deposit
                     where account_id = :account and reason in ('unsupported_token', 'nothing') and seen_at > :since
                     limit :most) listed) >= :most
               and not exists (
                    select 1 from deposit
                     where chain_id = :chain and transaction_hash = :transaction and log_index = :log)\
            """)
                .param("account", arrival.account().value())
                .param("since", Timestamp.from(clock.instant().minus(1, ChronoUnit.DAYS)))
                .param("most", MOST_WORTHLESS_A_DAY)
                .param("chain", arrival.chain().text())
                .param("transaction", arrival.transactionHash())
                .param("log", arrival.logIndex())
                .query(Boolean.class)
                .single();
    }

    private void passOver(Arrival arrival) {
        jdbc.sql("""
            insert into passed_over (account_id, day, arrivals) values (?, ?, 1)
            on conflict (account_id, day) do update set arrivals = passed_over.arrivals + 1\
            """)
                .params(arrival.account().value(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    /** How many arrivals of worthless tokens are not listed, because there were too many in a day. */
    public long passedOver(AccountId account) {
        return jdbc.sql("select coalesce(sum(arrivals), 0) from passed_over where account_id = ?")
                .param(account.value())
                .query(Long.class)
                .single();
    }

    /** What was in blocks above that height is in none now. */
    public void orphanAbove(ChainId chain, long height) {
        orphan(chain, height + 1, Long.MAX_VALUE);
    }

    /** Whatever is thought to be in these blocks, both included, is not, unless it is said anew. */
    public void orphan(ChainId chain, long from, long to) {
        jdbc.sql("""
            update deposit set state = 'orphaned'
             where chain_id = ? and state in ('seen', 'confirming') and height between ? and ?\
            """).params(chain.text(), from, to).update();
    }

    /** Blocks lie above those below that height. */
    public void confirming(ChainId chain, long head) {
        jdbc.sql("update deposit set state = 'confirming' where chain_id = ? and state = 'seen' and height < ?")
                .params(chain.text(), head)
                .update();
    }

    /**
     * The newest first.
     *
     * @param account only that account's; null for everybody's
     * @param state only those that are so far; null for all
     * @param chainId only those of that chain; null for all
     * @param before the last of the page before; null for the first page
     */
    public List<Deposit> found(
            @Nullable AccountId account,
            @Nullable DepositState state,
            @Nullable String chainId,
            @Nullable UUID before,
            int most) {
        return jdbc.sql("""
            select * from deposit
             where (cast(:account as text) is null or account_id = cast(:account as text))
               and (cast(:before as uuid) is null or deposit_id < cast(:before as uuid))
               and (cast(:state as text) is null or state = cast(:state as text))
               and (cast(:chain as text) is null or chain_id = cast(:chain as text))
             order by deposit_id desc limit :most\
            """)
                .param("account", account == null ? null : account.value(), Types.VARCHAR)
                .param("before", before == null ? null : before.toString(), Types.VARCHAR)
                .param("state", state == null ? null : state.wireName(), Types.VARCHAR)
                .param("chain", chainId, Types.VARCHAR)
                .param("most", most)
                .query(DepositRow::read)
                .list();
    }

    /** One of an account's. */
    public Optional<Deposit> one(AccountId account, UUID id) {
        return jdbc.sql("select * from deposit where account_id = ? and deposit_id = ?")
                .params(account.value(), id)
                .query(DepositRow::read)
                .optional();
    }
}
