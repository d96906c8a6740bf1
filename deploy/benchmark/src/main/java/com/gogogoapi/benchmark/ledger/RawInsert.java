package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The bound: the same rows into the same table, in statements of the same size from as many threads, with nothing else
 * done. No decision, no Kafka, no hash, no position.
 */
final class RawInsert {

    private static final String INSERT = """
            insert into ledger_event
                   (shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis)
            select * from unnest(?::int[], ?::bigint[], ?::text[], ?::bigint[], ?::uuid[], ?::text[], ?::bytea[], ?::uuid[],
                                 ?::text[], ?::bigint[])""";

    private RawInsert() {}

    static double eventsPerSecond(DataSource dataSource, List<StoredEvent> rows, int batch, int threads) {
        var started = System.nanoTime();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            CompletableFuture.allOf(IntStream.range(0, threads)
                            .mapToObj(thread -> CompletableFuture.runAsync(
                                    () -> insert(
                                            dataSource,
                                            rows.stream()
                                                    .filter(row -> row.shard() % threads == thread)
                                                    .toList(),
                                            batch),
                                    executor))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        return rows.size() * 1e9 / (System.nanoTime() - started);
    }

    private static void insert(DataSource dataSource, List<StoredEvent> rows, int batch) {
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
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
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> java.sql.Array array(
            Connection connection,
            String type,
            List<StoredEvent> rows,
            Function<StoredEvent, T> column,
            java.util.function.IntFunction<T[]> newArray)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray(newArray));
    }
}
