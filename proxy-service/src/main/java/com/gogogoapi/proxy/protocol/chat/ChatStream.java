package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.chunks.ChunkStream;
import com.gogogoapi.proxy.execution.DeliveredText;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A stream of chat chunks. */
final class ChatStream extends ChunkStream {

    ChatStream(boolean usageAskedFor, Function<TokenUsage, Usd> costs) {
        super(usageAskedFor, costs);
    }

    @Override
    protected void generated(JsonNode choice, DeliveredText text) {
        ChatText.of(choice.path("delta"), text);
    }
}
