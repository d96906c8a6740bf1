package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.StoredEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Events a second through the whole path: records in Kafka, decided by the aggregate, committed, published. */
final class Throughput {

    /** @param rows the log that came of it, with the mean number of rows that were committed together */
    record Measured(double eventsPerSecond, List<StoredEvent> rows, int meanBatch) {}

    private record Sample(long nanos, long events) {}

    private Throughput() {}

    static Measured of(Bench bench, Workload workload, int requests) throws IOException, SQLException {
        try (var ledger = RunningLedger.start(bench)) {
            var grants = workload.grants();
            ledger.send(grants, null);
            ledger.awaitEvents(grants.size());
            ledger.stopIntake();
            var records = workload.requests(requests);
            ledger.send(records, 0);
            var cpu = cpu();
            ledger.startIntake();
            var rate = rate(ledger, grants.size(), records.size());
            var now = cpu();
            now.replaceAll((k, v) -> v - cpu.getOrDefault(k, 0L));
            now.values().removeIf(v -> v < 100);
            System.out.println(now);
            return new Measured(rate, rows(ledger), meanBatch(ledger));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static java.util.Map<String, Long> cpu() {
        var map = new java.util.TreeMap<String, Long>();
        for (var t : new java.io.File("/proc/self/task").listFiles()) {
            try {
                var line = java.nio.file.Files.readString(t.toPath().resolve("stat"));
                var name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'))
                        .replaceAll("[0-9]+", "#");
                var f = line.substring(line.lastIndexOf(')') + 2).split(" ");
                map.merge(name, 10 * (Long.parseLong(f[11]) + Long.parseLong(f[12])), Long::sum);
            } catch (java.io.IOException e) {
                continue;
            }
        }
        for (var pid : new java.io.File("/proc").listFiles((d, n) -> n.matches("[0-9]+"))) {
            try {
                var line = java.nio.file.Files.readString(pid.toPath().resolve("stat"));
                if (line.contains("(postgres)")) {
                    var f = line.substring(line.lastIndexOf(')') + 2).split(" ");
                    map.merge("postgres", 10 * (Long.parseLong(f[11]) + Long.parseLong(f[12])), Long::sum);
                }
            } catch (java.io.IOException e) {
                continue;
            }
        }
        return map;
    }

    /** From the first sample that shows progress to the last; the join of the consumer group is nobody's throughput. */
    private static double rate(RunningLedger ledger, long before, long toCome)
            throws SQLException, InterruptedException {
        var samples = new ArrayList<Sample>();
        var end = before + toCome;
        do {
            var events = ledger.events();
            if (events > before) {
                samples.add(new Sample(System.nanoTime(), events));
            }
            Thread.sleep(10);
        } while (samples.isEmpty() || samples.getLast().events() < end);
        var first = samples.getFirst();
        var last = samples.getLast();
        return (last.events() - first.events()) * 1e9 / (last.nanos() - first.nanos());
    }

    private static List<StoredEvent> rows(RunningLedger ledger) throws SQLException {
        var log = new PostgresLedgerLog(ledger.dataSource());
        var rows = new ArrayList<StoredEvent>();
        for (var shard = 0; shard < RunningLedger.SHARDS; shard++) {
            rows.addAll(log.shardAfter(shard, 0, Integer.MAX_VALUE));
        }
        return rows;
    }

    private static int meanBatch(RunningLedger ledger) throws SQLException {
        // All links of one statement have one transaction id.
        try (var connection = ledger.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select (sum(last_pos - first_pos + 1) / count(distinct xmin::text))::int from ledger_batch")) {
            row.next();
            return row.getInt(1);
        }
    }
}
