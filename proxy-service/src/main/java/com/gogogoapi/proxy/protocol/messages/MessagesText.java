package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.proxy.execution.DeliveredText;
import tools.jackson.databind.JsonNode;

/** What of a message the upstream generated: text, thinking, and the calls of tools. */
final class MessagesText {

    private MessagesText() {}

    /** @param block of a message, or what one begins with */
    static void ofBlock(JsonNode block, DeliveredText delivered) {
        append(block.path("text"), delivered);
        append(block.path("thinking"), delivered);
        append(block.path("name"), delivered);
        if (!block.path("input").isEmpty()) {
            delivered.append(block.path("input").toString());
        }
    }

    static void ofDelta(JsonNode delta, DeliveredText delivered) {
        append(delta.path("text"), delivered);
        append(delta.path("thinking"), delivered);
        append(delta.path("partial_json"), delivered);
    }

    private static void append(JsonNode piece, DeliveredText delivered) {
        if (piece.isString()) {
            delivered.append(piece.stringValue());
        }
    }
}
