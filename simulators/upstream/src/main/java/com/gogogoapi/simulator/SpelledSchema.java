package com.gogogoapi.simulator;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A JSON schema that a conversation spells out, as clients do it where the form of an answer can only be said to be JSON. */
final class SpelledSchema {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MOST_LOOKED_AT = 100;

    private SpelledSchema() {}

    /** The first one that a message has. */
    static Optional<JsonNode> in(JsonNode messages) {
        return messages.valueStream()
                .map(message -> message.path("content"))
                .flatMap(content ->
                        content.isArray() ? content.valueStream().map(part -> part.path("text")) : Stream.of(content))
                .flatMap(text -> inText(text.asString("")).stream())
                .findFirst();
    }

    private static Optional<JsonNode> inText(String text) {
        var at = text.indexOf('{');
        for (var looked = 0; at >= 0 && looked < MOST_LOOKED_AT; looked++) {
            var json = object(text.substring(at));
            if (json.path("properties").isObject()) {
                return Optional.of(json);
            }
            at = text.indexOf('{', at + 1);
        }
        return Optional.empty();
    }

    private static JsonNode object(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            // A brace of another kind.
            return MissingNode.getInstance();
        }
    }
}
