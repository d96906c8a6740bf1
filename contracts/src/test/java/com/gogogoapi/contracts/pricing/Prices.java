package com.gogogoapi.contracts.pricing;

import com.gogogoapi.contracts.money.UsdPerMillion;
import java.time.Instant;

/** Fixtures that read as sentences. */
final class Prices {

    static final PriceSource SOURCE = new PriceSource("https://example.com/prices", Instant.EPOCH);
    static final RouteLimits LIMITS = new RouteLimits(1_000, 100, 50);

    private Prices() {}

    static TokenPrices price(String input, String output) {
        return new TokenPrices(UsdPerMillion.parse(input), UsdPerMillion.parse("0"), UsdPerMillion.parse(output));
    }

    static RoutePricePublished version(String name, String from, TokenPrices prices, PriceSchedule schedule) {
        return new RoutePricePublished(
                name,
                "m",
                prices,
                LIMITS,
                Instant.parse(from),
                SOURCE,
                "operator",
                Instant.parse(from),
                schedule,
                null);
    }

    static RouteCostRecorded cost(String name, String from, TokenPrices prices, PriceSchedule schedule) {
        return new RouteCostRecorded(
                name, "m", prices, Instant.parse(from), SOURCE, "operator", Instant.parse(from), schedule, null);
    }
}
