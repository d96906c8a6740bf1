package com.gogogoapi.usage.activity;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.api.Asker;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Adds up an account's rows. */
@Repository
class Activity {

    private final JdbcTemplate jdbc;

    Activity(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was used in one slice of one group.
     *
     * @param slice its place in the list of slices
     * @param values of the dimensions that are no time, in their order
     * @param sequence the last event that is in it
     */
    record Group(
            int slice,
            List<@Nullable Object> values,
            long requests,
            long promptTokens,
            long cachedPromptTokens,
            long completionTokens,
            long reasoningTokens,
            Usd charged,
            Usd refunded,
            Usd writtenOff,
            long sequence) {}

    /** The groups of each slice, slice by slice, the dearest first; at most so many. */
    List<Group> groups(Asker asker, List<Dimension> dimensions, List<Slice> slices, int most) {
        var columns = dimensions.stream()
                .map(Dimension::column)
                .filter(Objects::nonNull)
                .toList();
        var pieces = Piece.of(slices);
        return jdbc.query(
                sql(columns, asker.onlyMember() != null),
                statement -> set(statement, asker, dimensions.contains(Dimension.TAG), pieces, most),
                (row, number) -> group(row, columns.size()));
    }

    /** One scan of the key's index for each piece. */
    private static String sql(List<String> columns, boolean ofOneMember) {
        var names = columns.stream().map(column -> ", " + column).collect(Collectors.joining());
        var numbers = new StringBuilder();
        for (var i = 0; i < columns.size(); i++) {
            numbers.append(", ").append(i + 2);
        }
        var perPiece = columns.isEmpty() ? "having count(*) > 0" : "group by " + String.join(", ", columns);
        return """
            select slice%1$s, sum(requests) as requests, sum(prompt_tokens) as prompt_tokens,
                   sum(cached_prompt_tokens) as cached_prompt_tokens, sum(completion_tokens) as completion_tokens,
                   sum(reasoning_tokens) as reasoning_tokens, sum(charged_pico) as charged_pico,
                   sum(refunded_pico) as refunded_pico, sum(written_off_pico) as written_off_pico,
                   max(sequence) as sequence
              from unnest(?::int[], ?::smallint[], ?::bigint[], ?::bigint[]) as piece(slice, piece_grain, piece_from, piece_to)
             cross join lateral (
                select %2$s sum(requests) as requests, sum(prompt_tokens) as prompt_tokens,
                       sum(cached_prompt_tokens) as cached_prompt_tokens,
                       sum(completion_tokens) as completion_tokens,
                       sum(reasoning_tokens) as reasoning_tokens, sum(charged_pico) as charged_pico,
                       sum(refunded_pico) as refunded_pico, sum(written_off_pico) as written_off_pico,
                       max(sequence) as sequence
                  from rollup
                 where account_id = ? and tagged = ? and grain = piece_grain
                   and bucket >= piece_from and bucket < piece_to %3$s
                 %4$s) as part
             group by 1%5$s order by 1, charged_pico desc%5$s limit ?\
            """.formatted(
                        names,
                        columns.isEmpty() ? "" : String.join(", ", columns) + ",",
                        ofOneMember ? "and member_id = ?" : "",
                        perPiece,
                        numbers);
    }

    private static void set(PreparedStatement statement, Asker asker, boolean byTag, List<Piece> pieces, int most)
            throws SQLException {
        var connection = statement.getConnection();
        var at = 1;
        statement.setArray(
                at++,
                array(connection, "int4", pieces.stream().map(Piece::slice).toArray()));
        statement.setArray(
                at++,
                array(
                        connection,
                        "int2",
                        pieces.stream()
                                .map(piece -> (short) piece.grain().minutes())
                                .toArray()));
        statement.setArray(
                at++, array(connection, "int8", pieces.stream().map(Piece::from).toArray()));
        statement.setArray(
                at++, array(connection, "int8", pieces.stream().map(Piece::to).toArray()));
        statement.setString(at++, asker.account().value());
        statement.setBoolean(at++, byTag);
        if (asker.onlyMember() != null) {
            statement.setObject(at++, asker.onlyMember());
        }
        statement.setInt(at, most);
    }

    private static Array array(Connection connection, String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private static Group group(ResultSet row, int dimensions) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        for (var i = 0; i < dimensions; i++) {
            values.add(row.getObject(i + 2));
        }
        return new Group(
                row.getInt("slice"),
                values,
                row.getLong("requests"),
                row.getLong("prompt_tokens"),
                row.getLong("cached_prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getLong("reasoning_tokens"),
                usd(row.getBigDecimal("charged_pico")),
                usd(row.getBigDecimal("refunded_pico")),
                usd(row.getBigDecimal("written_off_pico")),
                row.getLong("sequence"));
    }

    private static Usd usd(BigDecimal pico) {
        return new Usd(pico.movePointLeft(Usd.MAX_DECIMALS));
    }
}
