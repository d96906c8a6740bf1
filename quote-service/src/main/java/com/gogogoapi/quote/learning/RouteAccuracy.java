package com.gogogoapi.quote.learning;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/**
 * How right a route's quotes were, of the last requests.
 *
 * @param requests how many charged requests are looked at
 * @param withExpectation how many of them had been told an expected cost
 * @param medianError half of these were no further off: |expected − actual| ÷ actual
 * @param p95Error the same of 95 of a hundred
 * @param aboveHold the share of requests that cost more than was held
 * @param holdReturned the average share of a hold that was given back
 */
public record RouteAccuracy(
        String model,
        long requests,
        @JsonProperty("with_expectation") long withExpectation,

        @JsonProperty("median_error") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal medianError,

        @JsonProperty("p95_error") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal p95Error,

        @JsonProperty("above_hold_share") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal aboveHold,

        @JsonProperty("hold_returned_share") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal holdReturned) {}
