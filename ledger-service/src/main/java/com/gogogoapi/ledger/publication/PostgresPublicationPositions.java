package com.gogogoapi.ledger.publication;

import java.sql.SQLException;
import java.util.Collection;
import javax.sql.DataSource;

/** The positions in PostgreSQL. */
public final class PostgresPublicationPositions implements PublicationPositions {

    private static final String SAVE = """
            insert into ledger_publication as old (shard, published_pos, holds_done_pos)
            select * from unnest(?, ?, ?)
            on conflict (shard) do update
               set published_pos = greatest(old.published_pos, excluded.published_pos),
                   holds_done_pos = greatest(old.holds_done_pos, excluded.holds_done_pos)""";

    private final DataSource dataSource;

    public PostgresPublicationPositions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Position of(int shard) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(
                        "select published_pos, holds_done_pos from ledger_publication where shard = ?")) {
            statement.setInt(1, shard);
            try (var row = statement.executeQuery()) {
                return row.next() ? new Position(shard, row.getLong(1), row.getLong(2)) : new Position(shard, 0, 0);
            }
        }
    }

    @Override
    public void save(Collection<Position> positions) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(SAVE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", positions.stream().map(Position::shard).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int8",
                            positions.stream().map(Position::publishedPos).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int8",
                            positions.stream().map(Position::holdsDonePos).toArray()));
            statement.executeUpdate();
        }
    }
}
