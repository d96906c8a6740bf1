package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.execution.DeliveredText;
import tools.jackson.databind.JsonNode;

/** What of a message the upstream generated: its content, its reasoning, and the calls of tools. */
final class GeneratedText {

    private GeneratedText() {}

    /** @param message a {@code delta} or a {@code message} */
    static void of(JsonNode message, DeliveredText delivered) {
        append(message.path("content"), delivered);
        append(message.path("reasoning_content"), delivered);
        for (var call : message.path("tool_calls")) {
            append(call.path("function").path("name"), delivered);
            append(call.path("function").path("arguments"), delivered);
        }
    }

    private static void append(JsonNode piece, DeliveredText delivered) {
        if (piece.isString()) {
            delivered.append(piece.stringValue());
        }
    }
}
