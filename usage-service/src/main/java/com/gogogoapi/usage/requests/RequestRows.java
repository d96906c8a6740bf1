package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.requests.RequestHistory.Name;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of requests, as it is written. */
@Repository
class RequestRows {

    private static final int BATCH = 1_000;

    private static final String WRITE = """
        insert into request values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (account_id, request_id) do update
           set rule = excluded.rule, end_rule = excluded.end_rule, ended_at = excluded.ended_at,
               ended_sequence = excluded.ended_sequence, refunded_usd = excluded.refunded_usd,
               prompt_tokens = excluded.prompt_tokens, cached_prompt_tokens = excluded.cached_prompt_tokens,
               completion_tokens = excluded.completion_tokens, reasoning_tokens = excluded.reasoning_tokens,
               usage_estimated = excluded.usage_estimated, charged_usd = excluded.charged_usd,
               written_off_usd = excluded.written_off_usd, above_hold_usd = excluded.above_hold_usd,
               late = excluded.late, charged_at = excluded.charged_at, charged_sequence = excluded.charged_sequence\
        """;

    private static final String NAMED = """
        select r.* from unnest(?::text[], ?::uuid[]) as n(account_id, request_id)
          join request r using (account_id, request_id)\
        """;

    private final JdbcTemplate jdbc;

    RequestRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<RequestRow> named(List<Name> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                NAMED,
                statement -> {
                    var connection = statement.getConnection();
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    names.stream()
                                            .map(name -> name.account().value())
                                            .toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "uuid", names.stream().map(Name::requestId).toArray()));
                },
                (row, number) -> RowReader.read(row));
    }

    void write(Collection<RequestRow> rows) {
        jdbc.batchUpdate(WRITE, rows, BATCH, RequestRows::set);
    }

    private static void set(PreparedStatement statement, RequestRow row) throws SQLException {
        var asked = row.asked();
        var by = asked.by();
        var held = row.held();
        var end = row.end();
        var charge = row.charge();
        var rule = row.rule();
        var tags = statement
                .getConnection()
                .createArrayOf("text", by == null ? new Object[0] : by.tags().toArray());
        var values = new @Nullable Object[] {
            row.account().value(),
            row.requestId(),
            row.shard(),
            asked.quoteId(),
            asked.attemptId(),
            asked.model(),
            asked.priceVersion(),
            asked.prices().input().toString(),
            asked.prices().cachedInput().toString(),
            asked.prices().output().toString(),
            by == null ? null : by.keyId(),
            by == null ? null : by.memberId(),
            tags,
            asked.promptTokens(),
            asked.maxCompletionTokens(),
            amount(asked.expected()),
            amount(held.amount()),
            Timestamp.from(held.at()),
            held.sequence(),
            Timestamp.from(held.expiresAt()),
            rule == null ? null : rule.name(),
            end == null ? null : end.rule().name(),
            end == null ? null : time(end.at()),
            end == null ? null : end.sequence(),
            end == null ? null : amount(end.refunded()),
            charge == null ? null : charge.usage().promptTokens(),
            charge == null ? null : charge.usage().cachedPromptTokens(),
            charge == null ? null : charge.usage().completionTokens(),
            charge == null ? null : charge.reasoningTokens(),
            charge == null ? null : charge.estimated(),
            charge == null ? null : amount(charge.charged()),
            charge == null ? null : amount(charge.writtenOff()),
            charge == null ? null : amount(charge.aboveHold()),
            charge == null ? null : charge.late(),
            charge == null ? null : time(charge.at()),
            charge == null ? null : charge.sequence()
        };
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static @Nullable BigDecimal amount(@Nullable Usd usd) {
        return usd == null ? null : usd.amount();
    }

    private static Timestamp time(Instant at) {
        return Timestamp.from(at);
    }

    void forget() {
        jdbc.execute("truncate request");
    }

    /** The ids of the account's requests that a whole id may mean: its own, its quote's, or the attempt's that got it. */
    List<UUID> meantBy(String account, UUID id) {
        return jdbc.queryForList("""
                select request_id from request where account_id = ? and request_id = ?
                union select request_id from request where account_id = ? and quote_id = ?
                union select request_id from request where account_id = ? and attempt_id = ?\
                """, UUID.class, account, id, account, id.toString(), account, id);
    }
}
