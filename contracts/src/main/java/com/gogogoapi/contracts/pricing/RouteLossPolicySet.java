package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.messaging.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operator decided what becomes of a route that would be sold at a loss; of several the one set last counts. */
public record RouteLossPolicySet(
        String model,
        LossPolicy policy,
        String setBy,
        Instant setAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason)
        implements Event {}
