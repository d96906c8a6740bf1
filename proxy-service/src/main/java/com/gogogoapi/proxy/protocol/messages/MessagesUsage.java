package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.proxy.execution.UpstreamUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The usage that an upstream states, in Anthropic's words: what was read from the cache or written to it is not in the input. */
final class MessagesUsage {

    private MessagesUsage() {}

    /**
     * Empty where there is none: null is not zero, and an explicit zero is a usage.
     *
     * @param usage as it was stated at the end
     * @param before what was stated at the beginning, of which the prompt's counts hold where the end does not repeat them
     */
    static Optional<UpstreamUsage> in(JsonNode usage, JsonNode before) {
        var output = UpstreamUsage.count(usage.path("output_tokens"));
        var input = count("input_tokens", usage, before);
        if (output == null || input == null) {
            return Optional.empty();
        }
        var read = orNone(count("cache_read_input_tokens", usage, before));
        var written = orNone(count("cache_creation_input_tokens", usage, before));
        return UpstreamUsage.of(usage, plus(plus(input, read), written), read, output, null);
    }

    private static @Nullable Long count(String name, JsonNode usage, JsonNode before) {
        var stated = UpstreamUsage.count(usage.path(name));
        return stated == null ? UpstreamUsage.count(before.path(name)) : stated;
    }

    private static long orNone(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    /** More than any number of tokens can be stays that. */
    private static long plus(long some, long more) {
        var sum = some + more;
        return some > 0 && more > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }
}
