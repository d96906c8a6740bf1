package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Completions of a text, and of the gap between two. */
final class CompletionsFormat implements RequestFormat {

    private static final PricedFields BODY = new PricedFields(Map.of(
            "model", PricedFields.WHOLE,
            "prompt", PricedFields.WHOLE,
            "suffix", PricedFields.WHOLE));

    @Override
    public PricedFields priced() {
        return BODY;
    }

    @Override
    public JsonNode prompt(JsonNode body, Images images) {
        if (!body.path("prompt").isString()) {
            throw ApiError.invalidRequest("prompt", "prompt must be a string.");
        }
        if (!Checks.isAbsent(body.path("suffix")) && !body.path("suffix").isString()) {
            throw ApiError.invalidRequest("suffix", "suffix must be a string.");
        }
        if (body.has("messages")) {
            throw ApiError.invalidRequest("messages", "messages must be left out: this route completes a prompt.");
        }
        Checks.requireBoolean(body.path("echo"), "echo");
        Checks.requireOne(body, "best_of");
        return body;
    }
}
