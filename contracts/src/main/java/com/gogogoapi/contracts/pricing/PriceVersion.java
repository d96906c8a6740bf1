package com.gogogoapi.contracts.pricing;

import com.gogogoapi.contracts.messaging.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a route's price and what the upstream charges for it have alike: immutable versions with a validity. */
public sealed interface PriceVersion extends Event permits RoutePricePublished, RouteCostRecorded {

    /** Names it for ever. */
    String version();

    String model();

    /** The prices outside every window. */
    TokenPrices prices();

    Instant validFrom();

    PriceSource source();

    /** Windows with other prices; null for the same prices at all hours. */
    @Nullable
    PriceSchedule schedule();

    /** Why it was announced; null where nobody said. */
    @Nullable
    String reason();

    String announcedBy();

    Instant announcedAt();
}
