package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.execution.DeliveredText;
import tools.jackson.databind.JsonNode;

/**
 * What of a message the upstream generated, in every form that is used for it: content as text or in parts, reasoning under
 * either of its names, a refusal, and the calls of tools or, as they were called before, of a function.
 */
final class ChatText {

    private ChatText() {}

    /** @param message a {@code delta} or a {@code message} */
    static void of(JsonNode message, DeliveredText delivered) {
        append(message.path("content"), delivered);
        append(message.path("reasoning_content"), delivered);
        append(message.path("reasoning"), delivered);
        append(message.path("refusal"), delivered);
        call(message.path("function_call"), delivered);
        for (var call : message.path("tool_calls")) {
            call(call.path("function"), delivered);
        }
    }

    private static void call(JsonNode function, DeliveredText delivered) {
        append(function.path("name"), delivered);
        append(function.path("arguments"), delivered);
    }

    private static void append(JsonNode piece, DeliveredText delivered) {
        if (piece.isString()) {
            delivered.append(piece.stringValue());
        } else if (piece.isArray()) {
            for (var part : piece) {
                append(part.path("text"), delivered);
                append(part.path("refusal"), delivered);
            }
        }
    }
}
