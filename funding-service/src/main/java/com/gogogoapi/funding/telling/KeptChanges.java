package com.gogogoapi.funding.telling;

import com.gogogoapi.contracts.funding.DepositChanges.DepositChange;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.deposits.DepositRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The outbox, which the database itself fills as deposits change (V5). */
@Repository
class KeptChanges {

    private static final long LOCK = 0x6465706f736974L;

    private final JdbcClient jdbc;

    KeptChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Kept(long number, DepositChange change) {}

    /** Whether the caller's transaction is the only one to pass on: two could change the order. */
    boolean isMine() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    List<Kept> first(int most) {
        return jdbc.sql("""
            select c.number, c.type, c.identity, c.changed_at, d.*
              from (select * from deposit_change order by number limit ?) c,
                   jsonb_populate_record(null::deposit, c.deposit) d
             order by c.number\
            """)
                .param(most)
                .query((row, number) -> {
                    var deposit = DepositRow.read(row, number);
                    return new Kept(
                            row.getLong("number"),
                            new DepositChange(
                                    row.getString("identity"),
                                    row.getString("type"),
                                    deposit.account(),
                                    row.getTimestamp("changed_at").toInstant(),
                                    details(deposit)));
                })
                .list();
    }

    private static Map<String, String> details(Deposit deposit) {
        var details = new LinkedHashMap<String, String>();
        var contract = deposit.contract();
        var usd = deposit.amountUsd();
        var reason = deposit.reason();
        details.put("deposit_id", deposit.id().toString());
        details.put("state", deposit.state().wireName());
        putIfKnown(details, "amount", deposit.tokens());
        putIfKnown(details, "token", deposit.symbol());
        putIfKnown(details, "amount_usd", usd == null ? null : usd.toString());
        if (reason != null) {
            details.put("reason", reason.wireName());
            details.put("explanation", reason.explanation());
            details.put("remedy", reason.remedy());
        }
        details.put("amount_atomic", deposit.amount().toString());
        putIfKnown(details, "contract", contract == null ? null : contract.checksummed());
        details.put("chain_id", deposit.chainId());
        details.put("transaction_hash", deposit.transactionHash());
        details.put("reference", deposit.reference());
        details.put("from", deposit.sender().checksummed());
        details.put("address", deposit.address().checksummed());
        details.put("height", Long.toString(deposit.height()));
        return details;
    }

    private static void putIfKnown(Map<String, String> details, String name, @Nullable String value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    void told(List<Kept> kept) {
        jdbc.sql("delete from deposit_change where number = any(?)")
                .param(kept.stream().map(Kept::number).toArray(Long[]::new))
                .update();
    }

    /** Returns how many were kept for too long. */
    int forgetBefore(Instant time) {
        return jdbc.sql("delete from deposit_change where changed_at < ?")
                .param(Timestamp.from(time))
                .update();
    }
}
