package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;

/** Recognises a stream's end: the upstream says that it is done, or had given its reason to finish when it fell silent. */
final class StreamEnd {

    private static final String DONE = "[DONE]";

    private boolean reached;

    /** Whether an event's data says that this is the end. */
    boolean isSaidBy(String data) {
        var done = data.equals(DONE);
        reached |= done;
        return done;
    }

    /** Looks at a chunk's choice, which may give the reason to finish. */
    void look(JsonNode choice) {
        reached |= choice.path("finish_reason").isString();
    }

    boolean isReached() {
        return reached;
    }

    static byte[] lines() {
        return ("data: " + DONE + "\n\n").getBytes(UTF_8);
    }
}
