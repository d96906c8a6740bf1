package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.proxy.execution.UpstreamUsage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The usage that an upstream states, in the words of Responses. */
final class ResponsesUsage {

    private ResponsesUsage() {}

    /** Empty where there is none: null is not zero, and an explicit zero is a usage. */
    static Optional<UpstreamUsage> in(JsonNode usage) {
        var input = UpstreamUsage.count(usage.path("input_tokens"));
        var output = UpstreamUsage.count(usage.path("output_tokens"));
        if (input == null || output == null) {
            return Optional.empty();
        }
        var cached = UpstreamUsage.count(usage.path("input_tokens_details").path("cached_tokens"));
        var reasoning =
                UpstreamUsage.partialCount(usage.path("output_tokens_details").path("reasoning_tokens"));
        return UpstreamUsage.of(usage, input, cached == null ? 0 : cached, output, reasoning);
    }
}
