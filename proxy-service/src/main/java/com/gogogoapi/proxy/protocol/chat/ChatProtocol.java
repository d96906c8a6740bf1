package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.chunks.ChunkRequest;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.rates.RateLimitDialect;
import com.gogogoapi.proxy.upstream.Endpoint;

/**
 * OpenAI's chat completions, as DeepSeek has them.
 *
 * @param endpoint where the upstream serves what the client called
 */
public record ChatProtocol(Endpoint endpoint) implements Protocol {

    @Override
    public RequestProtocol name() {
        return RequestProtocol.CHAT;
    }

    @Override
    public ChatRequest read(RequestBody body) {
        return new ChatRequest(ChunkRequest.read(body, "messages", new ConversationEdits()), endpoint);
    }

    @Override
    public RateLimitDialect rateLimits() {
        return RateLimitDialect.OPENAI;
    }
}
