package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.proxy.execution.DeliveredText;
import tools.jackson.databind.JsonNode;

/** What of a response the upstream generated: text, reasoning, refusals, and the calls of tools. */
final class ResponsesText {

    private ResponsesText() {}

    /** @param item of a whole response's output */
    static void ofItem(JsonNode item, DeliveredText delivered) {
        for (var parts : new JsonNode[] {item.path("summary"), item.path("content")}) {
            for (var part : parts) {
                append(part.path("text"), delivered);
                append(part.path("refusal"), delivered);
            }
        }
        begun(item, delivered);
        append(item.path("arguments"), delivered);
        append(item.path("input"), delivered);
    }

    /** @param item of which nothing but its name is there yet */
    static void begun(JsonNode item, DeliveredText delivered) {
        append(item.path("name"), delivered);
    }

    static void append(JsonNode piece, DeliveredText delivered) {
        if (piece.isString()) {
            delivered.append(piece.stringValue());
        }
    }
}
