package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream charges for a route, as an operator recorded it: immutable versions, as of prices.
 *
 * @param costVersion names this version for ever
 */
public record RouteCostRecorded(
        String costVersion,
        String model,
        TokenPrices prices,
        Instant validFrom,
        PriceSource source,
        String recordedBy,
        Instant recordedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PriceSchedule schedule,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason)
        implements PriceVersion {

    @Override
    public String version() {
        return costVersion;
    }

    @Override
    public String announcedBy() {
        return recordedBy;
    }

    @Override
    public Instant announcedAt() {
        return recordedAt;
    }
}
