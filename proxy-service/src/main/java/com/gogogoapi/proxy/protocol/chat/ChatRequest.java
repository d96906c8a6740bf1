package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.EditedBody;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Served;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A chat request.
 *
 * @param fields those that the upstream gets otherwise, or not at all
 * @param streamOptions as they came
 */
record ChatRequest(
        RequestBody body,
        BodyFields fields,
        String model,
        boolean isStreamed,
        JsonNode streamOptions,
        Optional<String> quoteId)
        implements Protocol.Request {

    /** Whether the client asked for the trailing usage chunk. */
    boolean isUsageAskedFor() {
        return streamOptions.path("include_usage").asBoolean(false);
    }

    @Override
    public String upstreamPath() {
        return "chat/completions";
    }

    @Override
    public EditedBody upstreamBody(String model, long completionLimit, AccountId account) {
        return UpstreamBody.of(this, model, completionLimit, account);
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return WholeCompletion.served(answer);
    }

    @Override
    public ChatStream stream(Function<TokenUsage, Usd> costs) {
        return new ChatStream(isUsageAskedFor(), costs);
    }
}
