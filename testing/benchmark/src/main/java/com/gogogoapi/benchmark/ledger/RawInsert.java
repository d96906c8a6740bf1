package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The bound: the same rows into the same table with all its indexes, in the order in which the ledger committed them, in
 * statements of the ledger's mean size, a commit each. Nothing else is done: no decision, no Kafka, no hash, no position.
 */
final class RawInsert {

    private static final String INSERT = """
            insert into ledger_event
                   (shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis)
            select * from unnest(?::int[], ?::bigint[], ?::text[], ?::bigint[], ?::uuid[], ?::text[], ?::bytea[], ?::uuid[],
                                 ?::text[], ?::bigint[])""";

    private RawInsert() {}

    /** Rows a second into an empty log. */
    static double eventsPerSecond(Bench bench, List<StoredEvent> rows, int batch, int threads) throws SQLException {
        var database = bench.newLedgerDatabase();
        try {
            var parts = IntStream.range(0, threads)
                    .mapToObj(thread -> rows.stream()
                            .filter(row -> row.shard() % threads == thread)
                            .toList())
                    .toList();
            var started = System.nanoTime();
            try (var executor = Executors.newFixedThreadPool(threads)) {
                CompletableFuture.allOf(parts.stream()
                                .map(part -> CompletableFuture.runAsync(
                                        () -> {
                                            try (var connection =
                                                    Bench.dataSource(database).getConnection()) {
                                                insert(connection, part, batch);
                                            } catch (SQLException e) {
                                                throw new IllegalStateException(e);
                                            }
                                        },
                                        executor))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
            return rows.size() * 1e9 / (System.nanoTime() - started);
        } finally {
            bench.drop(database);
            bench.checkpoint();
        }
    }

    static void insert(Connection connection, List<StoredEvent> rows, int batch) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var from = 0; from < rows.size(); from += batch) {
                var part = rows.subList(from, Math.min(rows.size(), from + batch));
                insert.setArray(1, array(connection, "int4", part, StoredEvent::shard, Integer[]::new));
                insert.setArray(2, array(connection, "int8", part, StoredEvent::pos, Long[]::new));
                insert.setArray(3, array(connection, "text", part, StoredEvent::accountId, String[]::new));
                insert.setArray(4, array(connection, "int8", part, StoredEvent::seq, Long[]::new));
                insert.setArray(5, array(connection, "uuid", part, StoredEvent::eventId, UUID[]::new));
                insert.setArray(6, array(connection, "text", part, StoredEvent::type, String[]::new));
                insert.setArray(7, array(connection, "bytea", part, StoredEvent::payload, byte[][]::new));
                insert.setArray(8, array(connection, "uuid", part, StoredEvent::causationId, UUID[]::new));
                insert.setArray(9, array(connection, "text", part, StoredEvent::traceParent, String[]::new));
                insert.setArray(10, array(connection, "int8", part, StoredEvent::atMillis, Long[]::new));
                insert.executeUpdate();
            }
        }
    }

    private static <T> java.sql.Array array(
            Connection connection,
            String type,
            List<StoredEvent> rows,
            Function<StoredEvent, T> column,
            IntFunction<T[]> newArray)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray(newArray));
    }
}
