package com.gogogoapi.proxy.chunks;

import com.gogogoapi.proxy.execution.UpstreamUsage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The usage that an upstream states, in DeepSeek's or OpenAI's words. */
public final class ChunkUsage {

    private ChunkUsage() {}

    /** Empty where there is none: null is not zero, and an explicit zero is a usage. */
    public static Optional<UpstreamUsage> in(JsonNode usage) {
        var prompt = UpstreamUsage.count(usage.path("prompt_tokens"));
        var completion = UpstreamUsage.count(usage.path("completion_tokens"));
        if (prompt == null || completion == null) {
            return Optional.empty();
        }
        var cached = UpstreamUsage.count(usage.path("prompt_cache_hit_tokens"));
        if (cached == null) {
            cached = UpstreamUsage.count(usage.path("prompt_tokens_details").path("cached_tokens"));
        }
        var reasoning = UpstreamUsage.partialCount(
                usage.path("completion_tokens_details").path("reasoning_tokens"));
        return UpstreamUsage.of(usage, prompt, cached == null ? 0 : cached, completion, reasoning);
    }
}
