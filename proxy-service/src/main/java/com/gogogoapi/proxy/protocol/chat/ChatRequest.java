package com.gogogoapi.proxy.protocol.chat;

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

/** A chat request. */
record ChatRequest(ChunkRequest asked, Endpoint endpoint) implements Protocol.Request {

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
    public EditedBody upstreamBody(String route, long completionLimit, AccountId account) {
        return asked.upstreamBody(route, completionLimit, account);
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return ChatAnswer.served(answer);
    }

    @Override
    public ChatStream stream(Function<TokenUsage, Usd> costs) {
        return new ChatStream(asked.isUsageAskedFor(), costs);
    }
}
