package com.gogogoapi.auditor.source;

import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.signing.SignedText;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger's database, read in read-only transactions and nothing but read. */
public final class PostgresSource implements LogSource {

    private static final int PAGE = 2_000;

    private static final String ROW =
            "select shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis"
                    + " from ledger_event ";

    private final String url;
    private final int shards;
    private final boolean hasCheckpoints;
    private final boolean hasMark;

    /** @param url a JDBC URL with user and, where one is needed, password */
    public PostgresSource(String url) {
        this.url = url;
        try (var connection = connect();
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select shards from ledger_installation")) {
                if (!row.next()) {
                    throw new SourceException("The database must have a ledger in it.");
                }
                shards = row.getInt(1);
            }
            try (var row = statement.executeQuery("select to_regclass('ledger_checkpoint') is not null")) {
                hasCheckpoints = row.next() && row.getBoolean(1);
            }
            // A ledger that was not started since its chain got one is read as it is.
            try (var row = statement.executeQuery("select exists (select from pg_attribute"
                    + " where attrelid = 'ledger_shard'::regclass and attname = 'per_event_after')")) {
                hasMark = row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new SourceException("The ledger's database must be readable", e);
        }
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(url);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public ShardReader shard(int shard) {
        try {
            return new Shard(connect(), shard, hasMark);
        } catch (SQLException e) {
            throw new SourceException("Shard " + shard + " must be readable", e);
        }
    }

    private static final class Shard implements ShardReader {

        private final Connection connection;
        private final int shard;
        private final boolean hasMark;

        Shard(Connection connection, int shard, boolean hasMark) {
            this.connection = connection;
            this.shard = shard;
            this.hasMark = hasMark;
        }

        @Override
        public ShardEnd end() {
            try (var statement = connection.prepareStatement("select last_pos, hash_head, "
                    + (hasMark ? "per_event_after" : ShardEnd.NEVER) + " from ledger_shard where shard = ?")) {
                statement.setInt(1, shard);
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? new ShardEnd(row.getLong(1), row.getBytes(2), row.getLong(3))
                            : new ShardEnd(0, new byte[Sha256.BYTES], 0);
                }
            } catch (SQLException e) {
                throw new SourceException("Shard " + shard + " must be readable", e);
            }
        }

        @Override
        public Cursor<LogRow> rows() {
            return query(
                    connection,
                    ROW + "where shard = ? order by pos",
                    q -> q.setInt(1, shard),
                    PostgresSource::row,
                    false);
        }

        @Override
        public Cursor<LogRow> rowsAfter(long pos) {
            return query(
                    connection,
                    ROW + "where shard = ? and pos > ? order by pos",
                    q -> {
                        q.setInt(1, shard);
                        q.setLong(2, pos);
                    },
                    PostgresSource::row,
                    false);
        }

        @Override
        public Cursor<Link> links() {
            return query(
                    connection,
                    "select first_pos, last_pos, hash from ledger_batch where shard = ? order by last_pos",
                    q -> q.setInt(1, shard),
                    row -> new Link(row.getLong(1), row.getLong(2), row.getBytes(3)),
                    false);
        }

        @Override
        public void close() {
            PostgresSource.close(connection);
        }
    }

    @Override
    public Cursor<LogRow> account(String accountId) {
        return own(ROW + "where account_id = ? order by seq", q -> q.setString(1, accountId), PostgresSource::row);
    }

    @Override
    public Cursor<SignedText> checkpoints() {
        return hasCheckpoints
                ? own(
                        "select payload, signature from ledger_checkpoint order by number",
                        q -> {},
                        row -> new SignedText(row.getString(1), row.getString(2)))
                : Cursor.empty();
    }

    @Override
    public Map<String, Long> storedStates() {
        var states = new HashMap<String, Long>();
        record Entry(String account, long sequence) {}
        try (var cursor = own(
                "select account_id, seq from ledger_snapshot where format = " + SnapshotJson.FORMAT,
                q -> {},
                row -> new Entry(row.getString(1), row.getLong(2)))) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                states.put(entry.account(), entry.sequence());
            }
        }
        return states;
    }

    @Override
    public Optional<StoredState> storedState(String accountId) {
        try (var cursor = own(
                "select seq, state from ledger_snapshot where account_id = ? and format = " + SnapshotJson.FORMAT,
                q -> q.setString(1, accountId),
                row -> new StoredState(
                        row.getLong(1), SnapshotJson.read(accountId, row.getLong(1), row.getBytes(2))))) {
            return Optional.ofNullable(cursor.next());
        }
    }

    @Override
    public void close() {
        // Every cursor and shard has a connection of its own and closes it.
    }

    private static LogRow row(ResultSet row) throws SQLException {
        return new LogRow(
                row.getInt(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getBytes(7),
                row.getObject(8, UUID.class),
                row.getString(9),
                row.getLong(10));
    }

    private interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> Cursor<T> own(String sql, Binder binder, Mapper<T> mapper) {
        try {
            return query(connect(), sql, binder, mapper, true);
        } catch (SQLException e) {
            throw new SourceException("The ledger's database must be readable", e);
        }
    }

    private static <T> Cursor<T> query(
            Connection connection, String sql, Binder binder, Mapper<T> mapper, boolean closesConnection) {
        try {
            var statement = connection.prepareStatement(sql);
            statement.setFetchSize(PAGE);
            binder.bind(statement);
            var rows = statement.executeQuery();
            return new Cursor<>() {
                @Override
                public @Nullable T next() {
                    try {
                        return rows.next() ? mapper.map(rows) : null;
                    } catch (SQLException e) {
                        throw new SourceException("The ledger's database must be readable", e);
                    }
                }

                @Override
                public void close() {
                    PostgresSource.close(statement);
                    if (closesConnection) {
                        PostgresSource.close(connection);
                    }
                }
            };
        } catch (SQLException e) {
            if (closesConnection) {
                close(connection);
            }
            throw new SourceException("The ledger's database must be readable", e);
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new SourceException("The ledger's database must close", e);
        }
    }
}
