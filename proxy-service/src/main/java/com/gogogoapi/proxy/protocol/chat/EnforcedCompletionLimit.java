package com.gogogoapi.proxy.protocol.chat;

import tools.jackson.databind.node.ObjectNode;

/** The limit that the upstream is held to: the one that was held for, under the one name it knows, whatever the client said. */
final class EnforcedCompletionLimit {

    private EnforcedCompletionLimit() {}

    static void putInto(ObjectNode body, long tokens) {
        body.remove("max_completion_tokens");
        body.put("max_tokens", tokens);
    }
}
