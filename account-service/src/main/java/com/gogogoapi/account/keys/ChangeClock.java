package com.gogogoapi.account.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Gives every change of a key its version. Whoever takes one has the only row locked until its transaction ends, so versions
 * are in the order of the commits: who has read up to one has missed none before it.
 *
 * <p>A version is the microsecond of its change, or one more than the one before: so it grows too where the database was
 * restored from a backup, and the proxies believe it.
 */
@Repository
class ChangeClock {

    private final JdbcClient jdbc;
    private final Clock clock;

    ChangeClock(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The first of so many versions in a row. */
    long take(int versions) {
        var last = jdbc.sql("update key_change set last = greatest(last, :now) + :n returning last")
                .param("n", versions)
                .param("now", ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                .query(Long.class)
                .single();
        return last - versions + 1;
    }
}
