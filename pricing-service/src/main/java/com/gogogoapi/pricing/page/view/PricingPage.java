package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.pricing.Route;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole page. Of the routes, it shows those that have a price in force.
 *
 * @param asOf to the minute, which is as exact as the times told here: whoever has the page of this minute has the newest
 * @param modelGuide null if no route has a price
 */
public record PricingPage(
        Moment asOf,
        List<CurrentPrice> currentPrices,
        EstimateForm estimateForm,
        @Nullable ModelGuide modelGuide,
        List<RouteSection> routeSections) {

    public static PricingPage of(List<Route> routes, Estimate estimate, Instant now) {
        var sold =
                routes.stream().filter(route -> route.priceAt(now).isPresent()).toList();
        return new PricingPage(
                new Moment(now.truncatedTo(ChronoUnit.MINUTES)),
                sold.stream().map(route -> CurrentPrice.of(route, now)).toList(),
                EstimateForm.of(sold.stream().map(Route::model).toList(), estimate),
                sold.isEmpty() ? null : ModelGuide.of(sold, now),
                sold.stream().map(route -> RouteSection.of(route, now)).toList());
    }
}
