package com.gogogoapi.proxy.protocol.completions;

import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.chunks.ChunkRequest;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.rates.RateLimitDialect;
import java.util.Set;

/** OpenAI's completions of a text, with DeepSeek's of the gap before a {@code suffix}. */
record CompletionsProtocol() implements Protocol {

    private static final String ECHO = "echo";
    private static final String PROMPT = "prompt";

    @Override
    public RequestProtocol name() {
        return RequestProtocol.COMPLETIONS;
    }

    @Override
    public RateLimitDialect rateLimits() {
        return RateLimitDialect.OPENAI;
    }

    /** @throws com.gogogoapi.chassis.errors.ApiError 400 for a switch that is no boolean */
    @Override
    public CompletionsRequest read(RequestBody body) {
        var asked = ChunkRequest.read(body, Set.of(ECHO, PROMPT));
        var json = body.bytes();
        var isEchoed = asked.fields().isOn(json, ECHO);
        return new CompletionsRequest(asked, isEchoed ? asked.fields().textLength(json, PROMPT) : 0);
    }
}
