package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The usage that an upstream states, in DeepSeek's or OpenAI's words. */
final class UpstreamUsage {

    private static final Logger log = LoggerFactory.getLogger(UpstreamUsage.class);

    private UpstreamUsage() {}

    /** Empty where there is none: null is not zero, and an explicit zero is a usage. */
    static Optional<TokenUsage> of(JsonNode usage) {
        if (!usage.isObject()
                || !usage.path("prompt_tokens").isIntegralNumber()
                || !usage.path("completion_tokens").isIntegralNumber()) {
            return Optional.empty();
        }
        var cached = usage.path("prompt_cache_hit_tokens");
        if (!cached.isIntegralNumber()) {
            cached = usage.path("prompt_tokens_details").path("cached_tokens");
        }
        try {
            return Optional.of(new TokenUsage(
                    usage.path("prompt_tokens").asLong(),
                    cached.isIntegralNumber() ? cached.asLong() : 0,
                    usage.path("completion_tokens").asLong()));
        } catch (IllegalArgumentException e) {
            log.error("the upstream stated a usage that cannot be: {}", usage, e);
            return Optional.empty();
        }
    }

    /** How many of the completion tokens were reasoning; null where nothing is said that can be. */
    static @Nullable Long reasoningTokens(JsonNode usage) {
        var reasoning = usage.path("completion_tokens_details").path("reasoning_tokens");
        return reasoning.isIntegralNumber() && reasoning.canConvertToLong() && reasoning.asLong() >= 0
                ? Long.valueOf(reasoning.asLong())
                : null;
    }
}
