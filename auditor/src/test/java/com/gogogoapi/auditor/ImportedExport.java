package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.ExportSource;
import com.gogogoapi.auditor.source.LogSource.ShardReader;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** The database that an export is of, with the tables of the version that wrote it: before links were of one event each. */
final class ImportedExport {

    private static final String LAST_MIGRATION = "11";

    private ImportedExport() {}

    static void into(Database database, Path export) throws SQLException {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/ledger-service")
                .target(LAST_MIGRATION)
                .load()
                .migrate();
        try (var source = new ExportSource(export);
                var connection = DriverManager.getConnection(database.urlWithLogin())) {
            update(connection, "insert into ledger_installation (shards) values (?)", source.shards());
            for (var shard = 0; shard < source.shards(); shard++) {
                try (var reader = source.shard(shard)) {
                    copy(connection, shard, reader);
                }
            }
            try (var checkpoints = source.checkpoints()) {
                for (var signed = checkpoints.next(); signed != null; signed = checkpoints.next()) {
                    update(
                            connection,
                            "insert into ledger_checkpoint (number, payload, signature) values (?, ?, ?)",
                            Checkpoint.parse(signed.payload()).number(),
                            signed.payload(),
                            signed.signature());
                }
            }
        }
    }

    private static void copy(Connection connection, int shard, ShardReader reader) throws SQLException {
        var end = reader.end();
        update(
                connection,
                "insert into ledger_shard (shard, last_pos, hash_head) values (?, ?, ?)",
                shard,
                end.lastPos(),
                end.head());
        try (var links = reader.links()) {
            for (var link = links.next(); link != null; link = links.next()) {
                update(
                        connection,
                        "insert into ledger_batch (shard, first_pos, last_pos, next_offset, hash) values (?, ?, ?, 0, ?)",
                        shard,
                        link.firstPos(),
                        link.lastPos(),
                        link.hash());
            }
        }
        try (var rows = reader.rows()) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                update(
                        connection,
                        "insert into ledger_event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row.shard(),
                        row.pos(),
                        row.accountId(),
                        row.seq(),
                        row.eventId(),
                        row.type(),
                        row.payload(),
                        row.causationId(),
                        row.traceParent(),
                        row.atMillis());
            }
        }
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
