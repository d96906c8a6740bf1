package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.EditedBody;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.execution.UpstreamUser;
import com.gogogoapi.proxy.protocol.responses.translated.TranslatedRequest;
import com.gogogoapi.proxy.upstream.Endpoint;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for a response.
 *
 * @param fields those that the upstream gets otherwise, or not at all
 */
record ResponsesRequest(
        RequestBody body,
        BodyFields fields,
        Endpoint endpoint,
        String model,
        boolean isStreamed,
        Optional<String> quoteId)
        implements Protocol.Request {

    static final String MODEL = "model";
    static final String STREAM = "stream";

    /** Of those the upstream gets another, or none. */
    private static final Set<String> REPLACED = Stream.of(
                    RequestFields.OURS,
                    RequestFields.RESPONSE_LIMIT,
                    Set.of(MODEL, "user", "user_id", "safety_identifier"))
            .flatMap(names -> names.stream())
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> FIELDS =
            Stream.concat(REPLACED.stream(), Stream.of(STREAM)).collect(Collectors.toUnmodifiableSet());

    @Override
    public EditedBody upstreamBody(String route, long completionLimit, AccountId account) {
        var added = JsonMapper.shared().createObjectNode();
        added.put(MODEL, route);
        added.put(RequestFields.MAX_OUTPUT_TOKENS, completionLimit);
        added.put("user_id", UpstreamUser.of(account));
        return EditedBody.of(body, fields, REPLACED, JsonMapper.shared().writeValueAsBytes(added));
    }

    @Override
    public Protocol.Request translated() {
        return TranslatedRequest.of(this, body);
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return ResponsesAnswer.served(answer);
    }

    @Override
    public ResponsesStream stream(Function<TokenUsage, Usd> costs) {
        return new ResponsesStream(costs);
    }
}
