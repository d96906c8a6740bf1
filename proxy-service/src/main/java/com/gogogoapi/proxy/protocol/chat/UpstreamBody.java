package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.proxy.body.EditedBody;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's request as the upstream gets it: the route and the limit that were held for, usage always asked for, an id of ours in place
 * of a customer's, our own fields taken out, and everything else as it came.
 */
final class UpstreamBody {

    static final String MODEL = "model";
    private static final Set<String> USER = Set.of("user", "user_id");

    /** Of those the upstream gets another, or none. */
    static final Set<String> REPLACED = Stream.of(
                    RequestFields.OURS, RequestFields.COMPLETION_LIMIT, USER, Set.of(MODEL))
            .flatMap(names -> names.stream())
            .collect(Collectors.toUnmodifiableSet());

    private UpstreamBody() {}

    static EditedBody of(ChatRequest request, String model, long completionLimit, AccountId account) {
        var removed = new HashSet<>(REPLACED);
        var added = JsonMapper.shared().createObjectNode();
        added.put(MODEL, model);
        // The limit that was held for, under the one name that the upstream knows, whatever the client said.
        added.put(RequestFields.MAX_TOKENS, completionLimit);
        // Isolates the upstream's cache per account, and tells the upstream nothing about who it is.
        added.put(
                "user_id",
                TimeOrderedIds.named("upstream-user", account.value()).toString());
        if (request.isStreamed()) {
            removed.add(ChatProtocol.STREAM_OPTIONS);
            added.set(ChatProtocol.STREAM_OPTIONS, withUsage(request));
        }
        return EditedBody.of(
                request.body(), request.fields(), removed, JsonMapper.shared().writeValueAsBytes(added));
    }

    private static ObjectNode withUsage(ChatRequest request) {
        var options = JsonMapper.shared().createObjectNode();
        if (request.streamOptions() instanceof ObjectNode given) {
            options.setAll(given);
        }
        return options.put("include_usage", true);
    }
}
