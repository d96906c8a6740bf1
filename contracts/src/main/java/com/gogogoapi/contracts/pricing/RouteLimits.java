package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The token limits published with a route, and whether it takes images.
 *
 * @param contextTokens the most tokens of prompt and completion together
 * @param maxCompletionTokens the most completion tokens one request can ask for
 * @param defaultMaxCompletionTokens the completion limit of a request that names none
 * @param vision whether its upstream takes images; null for no, which is how it is written, as it was before there was vision
 */
public record RouteLimits(
        long contextTokens,
        long maxCompletionTokens,
        long defaultMaxCompletionTokens,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean vision) {

    /** @throws IllegalArgumentException unless {@code 0 < default ≤ max ≤ context} */
    public RouteLimits {
        TokenUsage.requireCount("contextTokens", contextTokens);
        if (defaultMaxCompletionTokens < 1
                || maxCompletionTokens < defaultMaxCompletionTokens
                || contextTokens < maxCompletionTokens) {
            throw new IllegalArgumentException("Route limits must be 0 < default ≤ max ≤ context.");
        }
        vision = Boolean.TRUE.equals(vision) ? Boolean.TRUE : null;
    }

    /** Of a route without vision. */
    public RouteLimits(long contextTokens, long maxCompletionTokens, long defaultMaxCompletionTokens) {
        this(contextTokens, maxCompletionTokens, defaultMaxCompletionTokens, null);
    }

    /** Whether the route's upstream takes images. */
    public boolean hasVision() {
        return vision != null;
    }
}
