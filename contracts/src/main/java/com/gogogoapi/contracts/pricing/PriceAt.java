package com.gogogoapi.contracts.pricing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The price that applies at an instant.
 *
 * @param version the version's name
 * @param window the name of its window; null outside all of them
 * @param prices what is to be charged, to the last decimal
 * @param validUntil the first instant at which another window or another known version applies; null if none is known
 */
public record PriceAt(
        String version,
        @Nullable String window,
        TokenPrices prices,
        @Nullable Instant validUntil) {}
