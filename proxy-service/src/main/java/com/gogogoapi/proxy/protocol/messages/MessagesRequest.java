package com.gogogoapi.proxy.protocol.messages;

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
import com.gogogoapi.proxy.upstream.Endpoint;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for a message.
 *
 * @param fields those that the upstream gets otherwise, or not at all
 */
record MessagesRequest(
        RequestBody body,
        BodyFields fields,
        Endpoint endpoint,
        MessagesErrors errors,
        String model,
        boolean isStreamed,
        Optional<String> quoteId)
        implements Protocol.Request {

    static final String MODEL = "model";
    static final String STREAM = "stream";
    private static final String METADATA = "metadata";

    /** Of those the upstream gets another, or none. All that metadata can have is a customer's own id. */
    private static final Set<String> REPLACED = Stream.of(
                    RequestFields.OURS, RequestFields.COMPLETION_LIMIT, Set.of(MODEL, METADATA))
            .flatMap(names -> names.stream())
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> FIELDS =
            Stream.concat(REPLACED.stream(), Stream.of(STREAM)).collect(Collectors.toUnmodifiableSet());

    /** The model that a body names; empty if none in the form of a name. */
    static String modelOf(RequestBody body) {
        return BodyFields.in(body.bytes(), Set.of(MODEL))
                .value(body.bytes(), MODEL)
                .asString("");
    }

    @Override
    public EditedBody upstreamBody(String route, long completionLimit, AccountId account) {
        var added = JsonMapper.shared().createObjectNode();
        added.put(MODEL, route);
        added.put(RequestFields.MAX_TOKENS, completionLimit);
        added.putObject(METADATA).put("user_id", UpstreamUser.of(account));
        return EditedBody.of(body, fields, REPLACED, JsonMapper.shared().writeValueAsBytes(added));
    }

    @Override
    public Served served(byte[] answer) throws NotAnAnswer {
        return MessagesAnswer.served(answer);
    }

    @Override
    public MessagesStream stream(Function<TokenUsage, Usd> costs) {
        return new MessagesStream(errors, costs);
    }
}
