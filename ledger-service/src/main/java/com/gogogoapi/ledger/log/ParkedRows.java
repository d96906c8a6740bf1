package com.gogogoapi.ledger.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table of parked records: its part of the statement that appends, and its rows. */
final class ParkedRows {

    /** Further parts of the appending statement; its shards are in {@code moved}. */
    static final String APPEND = """
            parked as (
                insert into ledger_parked (shard, intake_offset, account_id, type, payload, causation_id, trace_parent,
                                           reply_partition, at_millis, why, since_authenticated)
                select p.*, true from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                       as p(shard, intake_offset, account_id, type, payload, causation_id, trace_parent,
                            reply_partition, at_millis, why)
                  join moved using (shard)),
            ended as (
                update ledger_parked p
                   set state = e.state,
                       why = case e.state when 'PARKED' then e.reason else p.why end,
                       ended_by = e.ended_by,
                       ended_reason = case e.state when 'PARKED' then p.ended_reason else e.reason end,
                       ended_at_millis = e.at_millis
                  from unnest(?, ?, ?, ?, ?, ?) as e(shard, intake_offset, state, ended_by, reason, at_millis)
                  join moved using (shard)
                 where p.shard = e.shard and p.intake_offset = e.intake_offset and p.state = 'PARKED')""";

    static final String WAITING =
            "select shard, intake_offset, account_id, type, payload, causation_id, trace_parent, reply_partition,"
                    + " at_millis, why from ledger_parked where state = 'PARKED'";

    static final String COUNTS = "select account_id, count(*) from ledger_parked where state = 'PARKED' and shard = ?"
            + " group by account_id";

    private ParkedRows() {}

    /** Sets the sixteen array parameters of {@link #APPEND}, beginning with number {@code first}. */
    static void bind(
            Connection connection,
            PreparedStatement statement,
            int first,
            List<ParkedRecord> parked,
            List<ParkedEnd> ended)
            throws SQLException {
        var rows = new Columns<>(connection, statement, first, parked);
        rows.set("int4", row -> row.record().shard());
        rows.set("int8", ParkedRecord::offset);
        rows.set("text", row -> row.record().accountId());
        rows.set("text", row -> row.record().type());
        rows.set("bytea", row -> row.record().payload());
        rows.set("uuid", row -> row.record().causationId());
        rows.set("text", row -> row.record().traceParent());
        rows.set("int4", row -> row.record().replyPartition());
        rows.set("int8", row -> row.record().atMillis());
        rows.set("text", ParkedRecord::why);
        var ends = new Columns<>(connection, statement, first + 10, ended);
        ends.set("int4", ParkedEnd::shard);
        ends.set("int8", ParkedEnd::offset);
        ends.set("text", end -> end.kind().name());
        ends.set("text", ParkedEnd::by);
        ends.set("text", ParkedEnd::reason);
        ends.set("int8", ParkedEnd::atMillis);
    }

    private static final class Columns<R> {

        private final Connection connection;
        private final PreparedStatement statement;
        private final List<R> rows;
        private int next;

        Columns(Connection connection, PreparedStatement statement, int first, List<R> rows) {
            this.connection = connection;
            this.statement = statement;
            this.next = first;
            this.rows = rows;
        }

        void set(String type, Function<R, @Nullable Object> column) throws SQLException {
            // An array of bytea needs its own element type; the others travel as objects.
            var values = type.equals("bytea")
                    ? rows.stream().map(column).toArray(byte[][]::new)
                    : rows.stream().map(column).toArray();
            statement.setArray(next++, connection.createArrayOf(type, values));
        }
    }

    static List<ParkedRecord> read(ResultSet result) throws SQLException {
        try (result) {
            var records = new ArrayList<ParkedRecord>();
            while (result.next()) {
                var record = new IntakeRecord(
                        result.getInt(1),
                        result.getLong(2),
                        result.getString(3),
                        result.getString(4),
                        result.getBytes(5),
                        result.getObject(6, UUID.class),
                        result.getString(7),
                        result.getObject(8, Integer.class),
                        result.getLong(9),
                        null);
                records.add(new ParkedRecord(record, result.getString(10)));
            }
            return records;
        }
    }
}
