package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.pricing.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model's price now, as the table of all models shows it.
 *
 * @param change when it changes; null if no change is scheduled
 */
public record CurrentPrice(ModelLink link, @Nullable Countdown change, ShownPrices prices) {

    /** @param route with a price in force */
    static CurrentPrice of(Route route, Instant now) {
        var price = route.priceAt(now).orElseThrow();
        var until = price.validUntil();
        return new CurrentPrice(
                ModelLink.to(route.model()),
                until == null ? null : Countdown.between(now, until),
                ShownPrices.of(price.prices()));
    }
}
