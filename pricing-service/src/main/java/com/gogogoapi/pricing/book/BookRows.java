package com.gogogoapi.pricing.book;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The book's rows as what they state. */
final class BookRows {

    private BookRows() {}

    static PriceVersion version(ResultSet row) throws SQLException {
        var prices = new TokenPrices(
                new UsdPerMillion(row.getBigDecimal("input_usd_per_million")),
                new UsdPerMillion(row.getBigDecimal("cached_usd_per_million")),
                new UsdPerMillion(row.getBigDecimal("output_usd_per_million")));
        var source = new PriceSource(
                row.getString("source_url"), instant(row, "source_retrieved_at"), row.getString("source_sha256"));
        if (row.getString("kind").equals(NewVersion.Kind.COST.column())) {
            return new RouteCostRecorded(
                    row.getString("price_version"),
                    row.getString("model"),
                    prices,
                    instant(row, "valid_from"),
                    source,
                    row.getString("published_by"),
                    instant(row, "published_at"),
                    schedule(row.getString("schedule")),
                    row.getString("reason"));
        }
        return new RoutePricePublished(
                row.getString("price_version"),
                row.getString("model"),
                prices,
                limits(row),
                instant(row, "valid_from"),
                source,
                row.getString("published_by"),
                instant(row, "published_at"),
                schedule(row.getString("schedule")),
                row.getString("reason"));
    }

    static RouteLossPolicySet lossPolicy(ResultSet row) throws SQLException {
        return new RouteLossPolicySet(
                row.getString("model"),
                LossPolicy.valueOf(row.getString("policy")),
                row.getString("set_by"),
                instant(row, "set_at"),
                row.getString("reason"));
    }

    static RouteLimits limits(ResultSet row) throws SQLException {
        return new RouteLimits(
                row.getLong("context_tokens"),
                row.getLong("max_completion_tokens"),
                row.getLong("default_max_completion_tokens"),
                row.getBoolean("vision"));
    }

    static @Nullable String json(@Nullable PriceSchedule schedule) {
        return schedule == null ? null : EventJson.mapper().writeValueAsString(schedule);
    }

    private static @Nullable PriceSchedule schedule(@Nullable String json) {
        return json == null ? null : EventJson.mapper().readValue(json, PriceSchedule.class);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
