package com.gogogoapi.funding.deposits;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Those that are final and not credited yet, and what becomes of them. */
@Repository
public class DepositsToCredit {

    private final JdbcClient jdbc;
    private final Clock clock;

    DepositsToCredit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Claims those that are due: nobody else is given them before the lease ends. */
    public List<Deposit> claim(Duration lease, int most) {
        var now = clock.instant();
        return jdbc.sql("""
            update deposit set next_at = :lease
             where deposit_id in (
                   select deposit_id from deposit where state = 'final' and next_at <= :now
                    order by next_at limit :most for update skip locked)
            returning *\
            """)
                .param("lease", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query(DepositRow::read)
                .list();
    }

    /** It is not credited for now. @param why null where it is only waited for the ledger's answer */
    public void waits(Deposit deposit, @Nullable String why, Duration again) {
        jdbc.sql("update deposit set waits_for = ?, next_at = ? where deposit_id = ? and state = 'final'")
                .param(1, why, Types.VARCHAR)
                .param(2, Timestamp.from(clock.instant().plus(again)))
                .param(3, deposit.id())
                .update();
    }

    /** It may be credited, and by whose word. */
    public void screened(Deposit deposit, String answer) {
        jdbc.sql("update deposit set screening = ?, waits_for = null where deposit_id = ? and state = 'final'")
                .params(answer, deposit.id())
                .update();
    }

    /** It may not be credited, ever. */
    public void rejected(Deposit deposit, RejectReason reason, String answer) {
        jdbc.sql("""
            update deposit set state = 'rejected', reason = ?, screening = ?, waits_for = null, next_at = null
             where deposit_id = ? and state = 'final' and asked_at is null\
            """).params(reason.wireName(), answer, deposit.id()).update();
    }

    /** The ledger is asked for it now: from here on nothing takes it back. Returns whether it is still to be credited. */
    public boolean asked(Deposit deposit) {
        return jdbc.sql("update deposit set asked_at = ?, waits_for = null where deposit_id = ? and state = 'final'")
                        .params(Timestamp.from(clock.instant()), deposit.id())
                        .update()
                == 1;
    }

    /** The ledger has it. */
    public void credited(Deposit deposit) {
        jdbc.sql("""
            update deposit set state = 'credited', credited_at = ?, waits_for = null, next_at = null
             where deposit_id = ? and state = 'final'\
            """).params(Timestamp.from(clock.instant()), deposit.id()).update();
    }
}
