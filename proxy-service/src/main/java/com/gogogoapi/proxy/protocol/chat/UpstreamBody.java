package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.quote.RequestFields;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's request as the upstream gets it: the limit that was held for, usage always asked for, an id of ours in place
 * of a customer's, our own fields taken out, and everything else as it came.
 */
final class UpstreamBody {

    private UpstreamBody() {}

    static byte[] of(ChatRequest request, long completionLimit, AccountId account) {
        var body = copyOf(request.body());
        body.remove(RequestFields.OURS);
        EnforcedCompletionLimit.putInto(body, completionLimit);
        putUser(body, account);
        if (request.isStreamed()) {
            askForUsage(body);
        }
        return ChatProtocol.JSON.writeValueAsBytes(body);
    }

    /** Isolates the upstream's cache per account, and tells the upstream nothing about who it is. */
    private static void putUser(ObjectNode body, AccountId account) {
        body.remove(List.of("user", "user_id"));
        body.put(
                "user_id",
                TimeOrderedIds.named("upstream-user", account.value()).toString());
    }

    private static void askForUsage(ObjectNode body) {
        var options = body.path("stream_options") instanceof ObjectNode given
                ? copyOf(given)
                : ChatProtocol.JSON.createObjectNode();
        options.put("include_usage", true);
        body.set("stream_options", options);
    }

    private static ObjectNode copyOf(ObjectNode object) {
        var copy = ChatProtocol.JSON.createObjectNode();
        copy.setAll(object);
        return copy;
    }
}
