package com.gogogoapi.pricing.book;

import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operator, or start-up data, asks to be added to the book.
 *
 * @param limits for a new route; null to keep those of a known one
 * @param validFrom null for as soon as possible
 */
public record NewVersion(
        Kind kind,
        String model,
        TokenPrices prices,
        @Nullable PriceSchedule schedule,
        @Nullable RouteLimits limits,
        @Nullable Instant validFrom,
        PriceSource source,
        @Nullable String reason,
        String announcedBy) {

    /** Whose price it is. */
    public enum Kind {
        /** Ours: what customers pay. */
        PRICE,
        /** The upstream's: what we pay. */
        COST;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(PriceVersion version) {
            return switch (version) {
                case RoutePricePublished price -> PRICE;
                case RouteCostRecorded cost -> COST;
            };
        }
    }

    PriceVersion named(String name, RouteLimits routeLimits, Instant start, Instant announcedAt) {
        return switch (kind) {
            case PRICE ->
                new RoutePricePublished(
                        name, model, prices, routeLimits, start, source, announcedBy, announcedAt, schedule, reason);
            case COST ->
                new RouteCostRecorded(name, model, prices, start, source, announcedBy, announcedAt, schedule, reason);
        };
    }

    /** Whether that version says the same, whoever announced it, when and why. */
    public boolean saysTheSameAs(PriceVersion version) {
        return version.prices().equals(prices)
                && Objects.equals(version.schedule(), schedule)
                && version.source().equals(source);
    }
}
