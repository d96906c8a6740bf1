package com.gogogoapi.contracts.pricing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a route is to a customer at an instant. */
public sealed interface Offer {

    /** It is sold, at that price. */
    record Sold(RoutePricePublished version, PriceAt price) implements Offer {}

    /**
     * Its price is below what the upstream charges, and its operator would rather not sell it then.
     *
     * @param until when that can first change; null if nothing known changes it
     */
    record Suspended(String model, @Nullable Instant until) implements Offer {}

    /** There is no such route, or no price of it is in force yet. */
    record Unpriced(String model) implements Offer {}
}
