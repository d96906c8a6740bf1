package com.gogogoapi.ledger.parked;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The parked records as the database has them, whichever instance owns the shard. */
@Component
class ParkedReader {

    private final JdbcClient jdbc;

    ParkedReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An account that waits.
     *
     * @param offset of the record it is parked at
     */
    record ParkedAccount(String accountId, int shard, int records, long offset, Instant since, String why) {}

    /**
     * A record of a parked account, also one that has ended.
     *
     * @param content its value, as text
     * @param state {@code PARKED}, {@code DECIDED} or {@code SKIPPED}
     */
    record ParkedEntry(
            long offset,
            String type,
            Instant at,
            String content,
            String why,
            String state,
            @Nullable String endedBy,
            @Nullable String endedReason,
            @Nullable Instant endedAt) {}

    /** The longest waiting first. */
    List<ParkedAccount> accounts(int limit) {
        return jdbc.sql("""
                        select first.account_id, first.shard, counted.records, first.intake_offset, first.at_millis, first.why
                          from (select account_id, count(*)::int as records, min(intake_offset) as first_offset
                                  from ledger_parked where state = 'PARKED' group by account_id) counted
                          join ledger_parked first
                            on first.account_id = counted.account_id and first.intake_offset = counted.first_offset
                               and first.state = 'PARKED'
                         order by first.at_millis, first.account_id limit ?""")
                .param(limit)
                .query((row, number) -> new ParkedAccount(
                        row.getString(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getLong(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6)))
                .list();
    }

    /** In the order of the intake. */
    List<ParkedEntry> entries(String accountId, long fromOffset, int limit) {
        return jdbc.sql("""
                        select intake_offset, type, at_millis, payload, why, state, ended_by, ended_reason, ended_at_millis
                          from ledger_parked where account_id = ? and intake_offset >= ?
                         order by intake_offset limit ?""")
                .params(accountId, fromOffset, limit)
                .query((row, number) -> entry(row))
                .list();
    }

    private static ParkedEntry entry(ResultSet row) throws SQLException {
        var endedAt = row.getObject(9, Long.class);
        return new ParkedEntry(
                row.getLong(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                new String(row.getBytes(4), StandardCharsets.UTF_8),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                endedAt == null ? null : Instant.ofEpochMilli(endedAt));
    }
}
