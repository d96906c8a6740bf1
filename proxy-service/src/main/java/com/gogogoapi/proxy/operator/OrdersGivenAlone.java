package com.gogogoapi.proxy.operator;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.operator.OperatorOrder.Kind;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** How much each operator ordered without a second one within a day, in PostgreSQL: many small orders are a large one. */
@Repository
class OrdersGivenAlone {

    static final Duration COUNTED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OrdersGivenAlone(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** What is to be ordered: under one reference an account gets one order. */
    record Wanted(String operator, AccountId accountId, Kind kind, String reference, Usd amount, Instant at) {}

    /**
     * Notes it if the operator then has not ordered more than that alone within a day; the same again stays allowed.
     *
     * @return whether it is noted, and can be ordered alone
     */
    boolean fits(Wanted wanted, Usd most) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            // One operator's orders are counted one after another, on whichever proxy.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param("order_given_alone " + wanted.operator())
                    .query((row, number) -> true)
                    .single();
            forgetOlder(wanted);
            return isNoted(wanted) || (sumOf(wanted).plus(wanted.amount()).compareTo(most) <= 0 && noted(wanted));
        }));
    }

    private void forgetOlder(Wanted than) {
        jdbc.sql("delete from order_given_alone where operator = ? and ordered_at <= ?")
                .params(than.operator(), Timestamp.from(than.at().minus(COUNTED)))
                .update();
    }

    private boolean isNoted(Wanted wanted) {
        return jdbc.sql("""
                        select exists (select from order_given_alone
                                        where account_id = ? and kind = ? and reference = ? and operator = ? and amount_usd = ?)""")
                .params(
                        wanted.accountId().value(),
                        wanted.kind().name(),
                        wanted.reference(),
                        wanted.operator(),
                        wanted.amount().amount())
                .query(Boolean.class)
                .single();
    }

    private Usd sumOf(Wanted wanted) {
        return Usd.parse(jdbc.sql("select coalesce(sum(amount_usd), 0)::text from order_given_alone where operator = ?")
                .param(wanted.operator())
                .query(String.class)
                .single());
    }

    /** Of one reference with several amounts, of which the ledger carries out the first, the largest counts. */
    private boolean noted(Wanted wanted) {
        return jdbc.sql("""
                        insert into order_given_alone as known (account_id, kind, reference, operator, amount_usd, ordered_at)
                        values (?, ?, ?, ?, ?, ?)
                            on conflict (account_id, kind, reference) do update
                           set operator = excluded.operator, ordered_at = excluded.ordered_at,
                               amount_usd = greatest(known.amount_usd, excluded.amount_usd)""")
                        .params(
                                wanted.accountId().value(),
                                wanted.kind().name(),
                                wanted.reference(),
                                wanted.operator(),
                                wanted.amount().amount(),
                                Timestamp.from(wanted.at()))
                        .update()
                == 1;
    }
}
