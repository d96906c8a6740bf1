package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One immutable price version of a route; the compacted topic {@code route-prices} holds all of them, keyed by version.
 *
 * <p>Which version and which of its windows apply at an instant is what {@link PriceVersions#at} says, and nothing else.
 *
 * @param priceVersion names this version for ever; quotes, holds and charges pin it
 * @param model the route, for example {@code deepseek-v4-flash}
 * @param publishedBy the operator or start-up data that published it
 */
public record RoutePricePublished(
        String priceVersion,
        String model,
        TokenPrices prices,
        RouteLimits limits,
        Instant validFrom,
        PriceSource source,
        String publishedBy,
        Instant publishedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PriceSchedule schedule,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason)
        implements PriceVersion {

    @Override
    public String version() {
        return priceVersion;
    }

    @Override
    public String announcedBy() {
        return publishedBy;
    }

    @Override
    public Instant announcedAt() {
        return publishedAt;
    }
}
