package com.gogogoapi.proxy.protocol.completions;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.chunks.ChunkStream;
import com.gogogoapi.proxy.execution.DeliveredText;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A stream of a completion's chunks. */
final class CompletionsStream extends ChunkStream {

    private final CompletionsText completion;

    CompletionsStream(boolean usageAskedFor, int echoedChars, Function<TokenUsage, Usd> costs) {
        super(usageAskedFor, costs);
        this.completion = new CompletionsText(echoedChars);
    }

    @Override
    protected void generated(JsonNode choice, DeliveredText text) {
        completion.of(choice, text);
    }
}
