package com.gogogoapi.quote.prompt;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A conversation as the template sees it: what tools answered and what the user said until the assistant speaks again is
 * one turn, its parts a blank line apart.
 */
final class Turns {

    /** Keeps the texts on both sides of an image apart, which would share tokens otherwise. */
    private static final String IN_PLACE_OF_AN_IMAGE = "\n";

    private static final String BETWEEN_PARTS = "\n\n";

    private final List<Turn> turns = new ArrayList<>();

    /** One speaker's turn. */
    sealed interface Turn {}

    record SystemTurn(String text) implements Turn {}

    /** @param parts texts, and between tags what tools answered */
    record UserTurn(List<String> parts) implements Turn {

        String text() {
            return parts.size() == 1 ? parts.getFirst() : String.join(BETWEEN_PARTS, parts);
        }
    }

    record DeveloperTurn(String text) implements Turn {}

    /** @param open whether the answer is to go on from here */
    record AssistantTurn(String text, String reasoning, JsonNode toolCalls, boolean open) implements Turn {}

    private Turns() {}

    static List<Turn> of(JsonNode messages) {
        var turns = new Turns();
        for (var message : messages) {
            turns.add(message);
        }
        return turns.turns;
    }

    private void add(JsonNode message) {
        var text = text(message.path("content"));
        switch (message.path("role").asString("")) {
            case "system" -> turns.add(new SystemTurn(text));
            case "developer" -> turns.add(new DeveloperTurn(text));
            case "assistant" ->
                turns.add(new AssistantTurn(
                        text,
                        text(message.path("reasoning_content")),
                        toolCalls(message),
                        message.path("prefix").asBoolean(false)));
            case "user" -> addPart(text);
            default -> addPart("<tool_result>" + text + "</tool_result>");
        }
    }

    private void addPart(String part) {
        if (!turns.isEmpty() && turns.getLast() instanceof UserTurn(var parts)) {
            parts.add(part);
        } else {
            turns.add(new UserTurn(new ArrayList<>(List.of(part))));
        }
    }

    /** The calls, in today's form or as the one {@code function_call} of the first. */
    private static JsonNode toolCalls(JsonNode message) {
        if (message.path("function_call").isObject()) {
            var call = JsonNodeFactory.instance.objectNode();
            call.set("function", message.path("function_call"));
            return JsonNodeFactory.instance.arrayNode().add(call);
        }
        return message.path("tool_calls");
    }

    /** A content's text: a string, or the texts of its parts. Its images are counted elsewhere. */
    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            return "";
        }
        var texts = new ArrayList<String>(content.size());
        for (var part : content) {
            if (PromptCounter.isImage(part)) {
                texts.add(IN_PLACE_OF_AN_IMAGE);
            } else {
                texts.add(
                        part.isString() ? part.stringValue() : part.path("text").asString(""));
            }
        }
        return texts.size() == 1 ? texts.getFirst() : String.join("", texts);
    }
}
