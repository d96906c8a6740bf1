package com.gogogoapi.proxy.protocol.completions;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.body.EditedBody;
import com.gogogoapi.proxy.chunks.ChunkRequest;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.upstream.Endpoint;
import java.util.Optional;
import java.util.function.Function;

/**
 * A completion request.
 *
 * @param echoedChars how much of the answer's text is the prompt's
 */
record CompletionsRequest(ChunkRequest asked, int echoedChars) implements Protocol.Request {

    /** DeepSeek has them under its beta alone. */
    private static final Endpoint ENDPOINT = Endpoint.of("beta/completions");

    @Override
    public boolean isStreamed() {
        return asked.isStreamed();
    }

    @Override
    public String model() {
        return asked.model();
    }

    @Override
    public Optional<String> quoteId() {
        return asked.quoteId();
    }

    @Override
    public Endpoint endpoint() {
        return ENDPOINT;
    }

    @Override
    public EditedBody upstreamBody(String route, long completionLimit, AccountId account) {
        return asked.upstreamBody(route, completionLimit, account);
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return CompletionsAnswer.served(answer, echoedChars);
    }

    @Override
    public CompletionsStream stream(Function<TokenUsage, Usd> costs) {
        return new CompletionsStream(asked.isUsageAskedFor(), echoedChars, costs);
    }
}
