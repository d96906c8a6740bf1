package com.gogogoapi.proxy.execution;

import tools.jackson.databind.JsonNode;

/** What the upstream generated so far, kept to be counted if it never says how much it was. */
final class DeliveredText {

    /** Beyond the longest completion there is. */
    private static final int MAX_CHARS = 4 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();
    private long pieces;

    /** @param message a {@code delta} or a {@code message} */
    void add(JsonNode message) {
        append(message.path("content"));
        append(message.path("reasoning_content"));
        for (var call : message.path("tool_calls")) {
            append(call.path("function").path("name"));
            append(call.path("function").path("arguments"));
        }
    }

    private void append(JsonNode piece) {
        if (piece.isString() && !piece.stringValue().isEmpty()) {
            pieces++;
            if (text.length() < MAX_CHARS) {
                text.append(piece.stringValue());
            }
        }
    }

    boolean isEmpty() {
        return pieces == 0;
    }

    /** How many pieces it came in: about one a token, and all there is to go by if counting fails. */
    long pieces() {
        return pieces;
    }

    String text() {
        return text.toString();
    }
}
