package com.gogogoapi.proxy.protocol.responses.translated;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.UsageCost;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** A usage in the words of Responses, with what it cost. */
final class ResponseUsage {

    private ResponseUsage() {}

    static JsonNode of(TokenUsage tokens, @Nullable Long reasoningTokens, Usd cost) {
        var usage = JsonMapper.shared().createObjectNode();
        usage.put("input_tokens", tokens.promptTokens());
        usage.putObject("input_tokens_details").put("cached_tokens", tokens.cachedPromptTokens());
        usage.put("output_tokens", tokens.completionTokens());
        usage.putObject("output_tokens_details").put("reasoning_tokens", reasoningTokens == null ? 0 : reasoningTokens);
        usage.put("total_tokens", tokens.promptTokens() + tokens.completionTokens());
        UsageCost.putInto(usage, cost);
        return usage;
    }

    /** Where none was stated. */
    static JsonNode none() {
        return NullNode.getInstance();
    }
}
