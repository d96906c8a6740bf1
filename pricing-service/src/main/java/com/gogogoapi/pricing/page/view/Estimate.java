package com.gogogoapi.pricing.page.view;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a visitor asked to have estimated, and the quote-service's answer or refusal.
 *
 * @param model as the visitor chose it; it and the others may be anything
 * @param quote the quote as its service made it; null if it refused
 * @param error why it refused; null if it did not
 */
public record Estimate(
        String model,
        String prompt,
        String completionTokens,
        @Nullable JsonNode quote,
        @Nullable String error) {

    public static final Estimate NONE = new Estimate("", "", "", null, null);

    /** @param json as the proxy composes it: {@code {"model","prompt","completion_tokens","quote"|"error"}} */
    public static Estimate of(JsonNode json) {
        return new Estimate(
                json.path("model").asString(""),
                json.path("prompt").asString(""),
                json.path("completion_tokens").asString(""),
                json.path("quote").isObject() ? json.path("quote") : null,
                json.path("error").isString() ? json.path("error").stringValue() : null);
    }
}
