package com.gogogoapi.usage.following;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where reading is. A move names the place it moves from, so of two who read a shard one is refused. */
@Repository
public class Positions {

    private final JdbcClient jdbc;

    Positions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** That of a shard; the beginning where it was never read. */
    public Position of(int shard) {
        return jdbc.sql("select * from followed_shard where shard = ?")
                .param(shard)
                .query((row, number) -> position(row))
                .optional()
                .orElseGet(() -> Position.beginning(shard));
    }

    /** Of all shards of which anything was read. */
    public List<Position> all() {
        return jdbc.sql("select * from followed_shard order by shard")
                .query((row, number) -> position(row))
                .list();
    }

    private static Position position(ResultSet row) throws SQLException {
        var at = row.getTimestamp("at");
        return new Position(
                row.getInt("shard"),
                row.getLong("generation"),
                row.getLong("sequence"),
                at == null ? null : at.toInstant(),
                row.getLong("next_offset"),
                row.getObject("rebuild_until", Long.class),
                row.getString("conflict"));
    }

    /** Makes the shard's row, so that a move has something to move. */
    void begin(int shard) {
        jdbc.sql("insert into followed_shard (shard) values (?) on conflict do nothing")
                .param(shard)
                .update();
    }

    /**
     * Moves on from where the shard was read to. False if it is somewhere else by now.
     *
     * @param at null where nothing was ever decided
     * @param conflict why it is read no further; null for nothing
     */
    boolean move(Position from, long sequence, @Nullable Instant at, long nextOffset, @Nullable String conflict) {
        return jdbc.sql("""
            update followed_shard
               set sequence = :sequence, at = cast(:at as timestamptz), next_offset = :offset, conflict = :conflict,
                   rebuild_until = case when rebuild_until > :sequence then rebuild_until end
             where shard = :shard and generation = :generation and sequence = :from\
            """)
                        .param("sequence", sequence)
                        .param("at", at == null ? null : Timestamp.from(at), Types.TIMESTAMP)
                        .param("offset", nextOffset)
                        .param("conflict", conflict, Types.VARCHAR)
                        .param("shard", from.shard())
                        .param("generation", from.generation())
                        .param("from", from.sequence())
                        .update()
                == 1;
    }

    /** Everything is to be read from the beginning. Who is reading is refused from now on. */
    void rewind() {
        jdbc.sql("""
            update followed_shard
               set generation = generation + 1, sequence = 0, at = null, next_offset = 0, conflict = null,
                   rebuild_until = nullif(greatest(sequence, coalesce(rebuild_until, 0)), 0)\
            """).update();
    }
}
