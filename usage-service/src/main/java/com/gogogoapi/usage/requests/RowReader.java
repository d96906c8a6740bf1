package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.usage.requests.RequestRow.Asked;
import com.gogogoapi.usage.requests.RequestRow.Charge;
import com.gogogoapi.usage.requests.RequestRow.End;
import com.gogogoapi.usage.requests.RequestRow.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table of requests. */
final class RowReader {

    private RowReader() {}

    static RequestRow read(ResultSet row) throws SQLException {
        return new RequestRow(
                new AccountId(row.getString("account_id")),
                row.getObject("request_id", UUID.class),
                row.getInt("shard"),
                asked(row),
                new Held(
                        new Usd(row.getBigDecimal("held_usd")),
                        row.getTimestamp("held_at").toInstant(),
                        row.getLong("held_sequence"),
                        row.getTimestamp("expires_at").toInstant()),
                end(row),
                charge(row));
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                row.getString("quote_id"),
                row.getObject("attempt_id", UUID.class),
                row.getString("model"),
                row.getString("price_version"),
                new TokenPrices(
                        UsdPerMillion.parse(row.getString("input_price")),
                        UsdPerMillion.parse(row.getString("cached_input_price")),
                        UsdPerMillion.parse(row.getString("output_price"))),
                row.getLong("quoted_prompt_tokens"),
                row.getLong("max_completion_tokens"),
                usd(row, "expected_usd"),
                by(row));
    }

    private static @Nullable RequestedBy by(ResultSet row) throws SQLException {
        var key = row.getObject("key_id", UUID.class);
        return key == null
                ? null
                : new RequestedBy(key, row.getObject("member_id", UUID.class), List.of((String[])
                        row.getArray("tags").getArray()));
    }

    private static @Nullable End end(ResultSet row) throws SQLException {
        var at = row.getTimestamp("ended_at");
        return at == null
                ? null
                : new End(
                        Outcome.valueOf(row.getString("end_rule")),
                        at.toInstant(),
                        row.getLong("ended_sequence"),
                        new Usd(row.getBigDecimal("refunded_usd")));
    }

    private static @Nullable Charge charge(ResultSet row) throws SQLException {
        var at = row.getTimestamp("charged_at");
        return at == null
                ? null
                : new Charge(
                        Outcome.valueOf(row.getString("rule")),
                        new TokenUsage(
                                row.getLong("prompt_tokens"),
                                row.getLong("cached_prompt_tokens"),
                                row.getLong("completion_tokens")),
                        row.getBoolean("usage_estimated"),
                        row.getObject("reasoning_tokens", Long.class),
                        new Usd(row.getBigDecimal("charged_usd")),
                        new Usd(row.getBigDecimal("written_off_usd")),
                        usd(row, "above_hold_usd"),
                        row.getBoolean("late"),
                        at.toInstant(),
                        row.getLong("charged_sequence"));
    }

    private static @Nullable Usd usd(ResultSet row, String column) throws SQLException {
        var amount = row.getBigDecimal(column);
        return amount == null ? null : new Usd(amount);
    }
}
