package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Served;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request.
 *
 * @param isUsageAskedFor whether the client asked for the trailing usage chunk
 */
record ChatRequest(ObjectNode body, boolean isStreamed, boolean isUsageAskedFor) implements Protocol.Request {

    @Override
    public String upstreamPath() {
        return "chat/completions";
    }

    @Override
    public byte[] upstreamBody(long completionLimit, AccountId account) {
        return UpstreamBody.of(this, completionLimit, account);
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return WholeCompletion.served(answer);
    }

    @Override
    public ChatStream stream(TokenPrices prices) {
        return new ChatStream(isUsageAskedFor, prices);
    }
}
