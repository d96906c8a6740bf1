package com.gogogoapi.proxy.idempotency;

import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes keys that have expired, in batches, and gives their accounts the room back. */
@Repository
class ExpiredKeys {

    private static final int STATEMENT_SECONDS = 5;

    private static final String CLEAN = """
            with gone as (
              delete from idempotency_key where ctid = any (array(
                select ctid from idempotency_key
                 where expires_at <= clock_timestamp() and coalesce(owned_until, expires_at) <= clock_timestamp()
                 limit ? for update skip locked))
              returning account_id, stored_bytes),
            freed as (select account_id, count(*) as keys, sum(stored_bytes) as bytes from gone group by account_id),
            counted as (
              update idempotency_account a set keys = a.keys - freed.keys, bytes = a.bytes - freed.bytes
                from freed where a.account_id = freed.account_id)
            select count(*) from gone""";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate together;

    ExpiredKeys(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.setQueryTimeout(STATEMENT_SECONDS);
        this.together = new TransactionTemplate(transactions);
        together.setTimeout(STATEMENT_SECONDS);
    }

    /**
     * Removes some of them, unless another instance is just doing so.
     *
     * @return how many
     */
    int remove(int atMost) {
        return Objects.requireNonNull(together.execute(transaction ->
                isAlone() ? Objects.requireNonNull(jdbc.queryForObject(CLEAN, Integer.class, atMost)) : 0));
    }

    /** Two that count what they freed of the same accounts could wait for each other. */
    private boolean isAlone() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_try_advisory_xact_lock(hashtext('idempotency_key'))", Boolean.class));
    }
}
