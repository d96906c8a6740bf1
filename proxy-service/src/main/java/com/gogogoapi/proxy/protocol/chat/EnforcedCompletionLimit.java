package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.contracts.quote.RequestFields;
import tools.jackson.databind.node.ObjectNode;

/** The limit that the upstream is held to: the one that was held for, under the one name it knows, whatever the client said. */
final class EnforcedCompletionLimit {

    private EnforcedCompletionLimit() {}

    static void putInto(ObjectNode body, long tokens) {
        body.remove(RequestFields.COMPLETION_LIMIT);
        body.put(RequestFields.MAX_TOKENS, tokens);
    }
}
