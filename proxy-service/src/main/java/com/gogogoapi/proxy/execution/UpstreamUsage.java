package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A usage that an upstream stated.
 *
 * @param reasoningTokens how many of the completion tokens were reasoning; null where nothing is said that can be
 */
public record UpstreamUsage(TokenUsage tokens, @Nullable Long reasoningTokens) {

    private static final Logger log = LoggerFactory.getLogger(UpstreamUsage.class);

    /**
     * Of the counts that a protocol's words for them have; empty where they are none that can be, which is the same as not
     * stated.
     *
     * @param said for the log
     */
    public static Optional<UpstreamUsage> of(
            JsonNode said, long prompt, long cached, long completion, @Nullable Long reasoning) {
        try {
            return Optional.of(new UpstreamUsage(new TokenUsage(prompt, cached, completion), reasoning));
        } catch (IllegalArgumentException e) {
            log.error("the upstream stated a usage that cannot be: {}", said, e);
            return Optional.empty();
        }
    }

    /** A whole number of tokens, of whatever size; null where there is none: null is not zero. */
    public static @Nullable Long count(JsonNode node) {
        if (!node.isIntegralNumber()) {
            return null;
        }
        // Larger than any number of tokens can be; {@link TokenUsage} refuses it as that.
        return node.canConvertToLong() ? node.longValue() : Long.valueOf(Long.MAX_VALUE);
    }

    /** The same of what is a part of another count, and none where it cannot be. */
    public static @Nullable Long partialCount(JsonNode node) {
        var count = count(node);
        return count == null || count < 0 || count == Long.MAX_VALUE ? null : count;
    }

    /** Some upstreams end with a usage of nothing but zeros; what was stated before is what was used. */
    boolean isAllZero() {
        return tokens.promptTokens() == 0 && tokens.completionTokens() == 0;
    }
}
