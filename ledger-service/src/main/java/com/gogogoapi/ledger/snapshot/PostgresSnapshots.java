package com.gogogoapi.ledger.snapshot;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Snapshots in PostgreSQL, taken from the state that deciding left behind, on a thread of their own; whenever that thread
 * is behind, a snapshot is simply not taken.
 */
public final class PostgresSnapshots implements Snapshots, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresSnapshots.class);
    private static final int MAX_WAITING = 256;

    private static final String STORE = """
            insert into ledger_snapshot as old (account_id, seq, format, state) values (?, ?, ?, ?)
            on conflict (account_id) do update
               set seq = excluded.seq, format = excluded.format, state = excluded.state
             where old.seq < excluded.seq or old.format <> excluded.format""";

    private final DataSource dataSource;
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("ledger-snapshots").daemon().factory());

    public PostgresSnapshots(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void storeLater(AccountSnapshot snapshot) {
        try {
            writer.execute(() -> store(snapshot));
        } catch (RejectedExecutionException e) {
            log.debug("snapshot of {} skipped: the writer is busy or closed", snapshot.accountId());
        }
    }

    private void store(AccountSnapshot snapshot) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(STORE)) {
            statement.setString(1, snapshot.accountId());
            statement.setLong(2, snapshot.seq());
            statement.setInt(3, SnapshotFormat.VERSION);
            statement.setBytes(4, SnapshotFormat.write(snapshot.state()));
            statement.executeUpdate();
        } catch (SQLException e) {
            log.warn(
                    "snapshot of {} at {} not stored; a cold start will replay more",
                    snapshot.accountId(),
                    snapshot.seq(),
                    e);
        }
    }

    @Override
    public Optional<AccountSnapshot> of(String accountId) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(
                        "select seq, state from ledger_snapshot where account_id = ? and format = ?")) {
            statement.setString(1, accountId);
            statement.setInt(2, SnapshotFormat.VERSION);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new AccountSnapshot(accountId, row.getLong(1), SnapshotFormat.read(row.getBytes(2))))
                        : Optional.empty();
            }
        } catch (JacksonException | IllegalArgumentException e) {
            log.warn("snapshot of {} is unreadable; replaying its events", accountId, e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
