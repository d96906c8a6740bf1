package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.ledger.log.StoredEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A full intake and a ledger that is let at it: records in Kafka, decided by the aggregate, committed, published.
 *
 * @param meanBatch events that were committed together, in the mean
 * @param cpuMillis by group of threads, from the start of the intake to the last commit
 * @param rows the log that came of it, in the order in which it was committed; empty unless asked for
 */
record Drain(
        double eventsPerSecond,
        long events,
        int meanBatch,
        int workers,
        Map<String, Long> cpuMillis,
        List<StoredEvent> rows) {

    // All links that one statement wrote carry the number of its transaction.
    private static final String MEAN_BATCH =
            "select (sum(last_pos - first_pos + 1) / count(distinct xmin::text))::int from ledger_batch";

    private static final String REFUSALS = "select count(*) from ledger_event where type like '%CreditRefused%'";

    private static final String ROWS = """
            select shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis
              from ledger_event order by xmin::text::bigint, shard, pos""";

    static Drain of(Bench bench, Workload workload, int requests, boolean withRows)
            throws IOException, SQLException, InterruptedException {
        try (var ledger = RunningLedger.start(bench)) {
            ledger.send(workload::grants);
            ledger.awaitEvents(Scale.ACCOUNTS);
            ledger.stopIntake();
            ledger.sendAwaited(to -> workload.requests(requests, to));
            var end = Scale.ACCOUNTS + 2L * requests;
            var cpu = CpuTimes.now(bench.postmasterPid());
            ledger.startIntake();
            var rate = ledger.rateUntil(end);
            var spent = CpuTimes.between(cpu, CpuTimes.now(bench.postmasterPid()));
            var refused = number(ledger, REFUSALS);
            if (ledger.events() != end || refused != 0) {
                throw new IllegalStateException("There must be " + end + " events and no refusal, not "
                        + ledger.events() + " and " + refused + ".");
            }
            return new Drain(
                    rate,
                    2L * requests,
                    (int) number(ledger, MEAN_BATCH),
                    ledger.workers(),
                    spent,
                    withRows ? rows(ledger) : List.of());
        } finally {
            bench.checkpoint();
        }
    }

    private static long number(RunningLedger ledger, String sql) throws SQLException {
        try (var connection = ledger.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<StoredEvent> rows(RunningLedger ledger) throws SQLException {
        try (var connection = ledger.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(ROWS)) {
            var rows = new ArrayList<StoredEvent>();
            while (row.next()) {
                rows.add(new StoredEvent(
                        row.getInt(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getObject(5, UUID.class),
                        row.getString(6),
                        row.getBytes(7),
                        row.getObject(8, UUID.class),
                        row.getString(9),
                        row.getLong(10)));
            }
            return rows;
        }
    }

    @Override
    public String toString() {
        return Figures.of(eventsPerSecond, "events/s") + " in batches of " + meanBatch;
    }
}
