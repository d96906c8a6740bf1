package com.gogogoapi.proxy.protocol.completions;

import com.gogogoapi.proxy.execution.DeliveredText;
import tools.jackson.databind.JsonNode;

/** What of a completion the upstream generated: all of its text, but for the prompt that it was asked to repeat first. */
final class CompletionsText {

    private int echoLeft;

    CompletionsText(int echoedChars) {
        this.echoLeft = echoedChars;
    }

    /** Of the next of its choices. */
    void of(JsonNode choice, DeliveredText delivered) {
        if (choice.path("text").isString()) {
            var text = choice.path("text").stringValue();
            var echoed = Math.min(echoLeft, text.length());
            echoLeft -= echoed;
            delivered.append(text.substring(echoed));
        }
    }
}
