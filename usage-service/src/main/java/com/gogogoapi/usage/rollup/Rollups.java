package com.gogogoapi.usage.rollup;

import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of sums. What many events add to one row is added up first. */
@Repository
public class Rollups {

    /** Stands for a key or a member that is not known. */
    public static final UUID UNKNOWN = new UUID(0, 0);

    private static final int BATCH = 1_000;

    private static final String ADD = """
        insert into rollup as r values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (account_id, tagged, grain, bucket, tag, key_id, member_id, model, rule) do update
           set requests = r.requests + excluded.requests,
               prompt_tokens = r.prompt_tokens + excluded.prompt_tokens,
               cached_prompt_tokens = r.cached_prompt_tokens + excluded.cached_prompt_tokens,
               completion_tokens = r.completion_tokens + excluded.completion_tokens,
               reasoning_tokens = r.reasoning_tokens + excluded.reasoning_tokens,
               charged_pico = r.charged_pico + excluded.charged_pico,
               refunded_pico = r.refunded_pico + excluded.refunded_pico,
               written_off_pico = r.written_off_pico + excluded.written_off_pico,
               sequence = greatest(r.sequence, excluded.sequence)\
        """;

    private final JdbcTemplate jdbc;

    Rollups(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds what was used, within the caller's transaction; again it would be added again. */
    public void add(List<Use> uses) {
        var rows = new LinkedHashMap<RollupKey, Sums>();
        for (var use : uses) {
            var sums = Sums.of(use);
            for (var grain : Grain.values()) {
                rows.merge(key(use, grain, false, ""), sums, Sums::plus);
                for (var tag : tagsOf(use.by())) {
                    rows.merge(key(use, grain, true, tag), sums, Sums::plus);
                }
            }
        }
        jdbc.batchUpdate(ADD, List.copyOf(rows.entrySet()), BATCH, Rollups::set);
    }

    private static List<String> tagsOf(@org.jspecify.annotations.Nullable RequestedBy by) {
        return by == null || by.tags().isEmpty() ? List.of("") : by.tags();
    }

    private static RollupKey key(Use use, Grain grain, boolean tagged, String tag) {
        var by = use.by();
        return new RollupKey(
                use.account(),
                tagged,
                grain,
                grain.bucketOf(use.at()),
                tag,
                by == null ? UNKNOWN : by.keyId(),
                by == null ? UNKNOWN : Objects.requireNonNullElse(by.memberId(), UNKNOWN),
                use.model(),
                use.rule());
    }

    private static void set(PreparedStatement statement, Map.Entry<RollupKey, Sums> row) throws SQLException {
        var key = row.getKey();
        var sums = row.getValue();
        var values = new Object[] {
            key.account().value(),
            key.tagged(),
            key.grain().minutes(),
            key.bucket(),
            key.tag(),
            key.key(),
            key.member(),
            key.model(),
            key.rule().name(),
            sums.requests(),
            sums.promptTokens(),
            sums.cachedPromptTokens(),
            sums.completionTokens(),
            sums.reasoningTokens(),
            sums.chargedPico(),
            sums.refundedPico(),
            sums.writtenOffPico(),
            sums.sequence()
        };
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** Within the caller's transaction. */
    public void forget() {
        jdbc.execute("truncate rollup");
    }
}
