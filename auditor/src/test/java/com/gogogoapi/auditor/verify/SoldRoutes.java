package com.gogogoapi.auditor.verify;

import static com.gogogoapi.fixtures.Prices.prices;

import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.fixtures.Prices;
import com.gogogoapi.fixtures.Route;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A day on which one route is sold at three versions, one of them with a peak; a fourth was dated back. */
final class SoldRoutes {

    static final String MODEL = Route.FLASH.model();
    static final TokenPrices BASE = Prices.FLASH;
    static final TokenPrices AT_PEAK = prices("0.28", "0.0056", "0.56");
    static final TokenPrices EARLIER = prices("0.2", "0.004", "0.4");

    /** In force from 8:00 on; from 14:00 to 18:00 is its peak. */
    static final Route NOW = new Route(MODEL, "flash@now", BASE);

    static final Route PEAK = new Route(MODEL, "flash@now", AT_PEAK);
    static final Route BEFORE = new Route(MODEL, "flash@before", EARLIER);
    static final Route NEXT = new Route(MODEL, "flash@next", BASE);
    static final Route BACKDATED = new Route(MODEL, "flash@backdated", BASE);

    static final PriceSchedule PEAK_HOURS = new PriceSchedule(
            ZoneOffset.UTC,
            null,
            List.of(new PriceWindow(
                    "peak",
                    EnumSet.allOf(DayOfWeek.class),
                    LocalTime.of(14, 0),
                    LocalTime.of(18, 0),
                    PriceWindow.OnHolidays.AS_USUAL,
                    AT_PEAK)));

    static final List<RoutePricePublished> PUBLISHED = List.of(
            version(BEFORE, at("00:00"), at("00:00"), null),
            version(NOW, at("08:00"), at("07:00"), PEAK_HOURS),
            version(NEXT, at("20:00"), at("11:00"), null),
            version(BACKDATED, at("09:00"), at("21:00"), null),
            version(Route.PRO, at("00:00"), at("00:00"), null));

    private SoldRoutes() {}

    static Instant at(String time) {
        return Instant.parse("2026-11-23T" + time + (time.length() == 5 ? ":00Z" : "Z"));
    }

    static RoutePricePublished version(
            Route route, Instant from, Instant publishedAt, @Nullable PriceSchedule schedule) {
        return new RoutePricePublished(
                route.priceVersion(),
                route.model(),
                route.prices(),
                new RouteLimits(1_000_000, 100_000, 10_000),
                from,
                new PriceSource("https://example.com/prices", from),
                "test",
                publishedAt,
                schedule,
                null);
    }
}
