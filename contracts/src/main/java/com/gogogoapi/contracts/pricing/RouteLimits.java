package com.gogogoapi.contracts.pricing;

/**
 * The token limits published with a route.
 *
 * @param contextTokens the most tokens of prompt and completion together
 * @param maxCompletionTokens the most completion tokens one request can ask for
 * @param defaultMaxCompletionTokens the completion limit of a request that names none
 */
public record RouteLimits(long contextTokens, long maxCompletionTokens, long defaultMaxCompletionTokens) {

    /** @throws IllegalArgumentException unless {@code 0 < default ≤ max ≤ context} */
    public RouteLimits {
        TokenUsage.requireCount("contextTokens", contextTokens);
        if (defaultMaxCompletionTokens < 1
                || maxCompletionTokens < defaultMaxCompletionTokens
                || contextTokens < maxCompletionTokens) {
            throw new IllegalArgumentException("Route limits must be 0 < default ≤ max ≤ context.");
        }
    }
}
