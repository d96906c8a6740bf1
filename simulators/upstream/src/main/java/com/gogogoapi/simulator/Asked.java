package com.gogogoapi.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request, whichever form it came in.
 *
 * @param lastMessage what was said last: markers are looked for in it
 * @param isFromUser whether a person said it, and no tool
 * @param prompt as the counter takes it, in chat's words
 * @param maxTokens the limit; null for none
 * @param userId whose cache it is
 * @param echoed what the answer begins with, though it is not generated
 * @param tool the tool that has to be called, {@code *} for any; empty for none
 * @param tools in chat's form: {@code {"function":{"name","parameters"}}}
 * @param schema of the JSON that the answer has to be; missing for free text
 */
record Asked(
        String lastMessage,
        boolean isFromUser,
        JsonNode prompt,
        @Nullable Long maxTokens,
        String userId,
        String echoed,
        String tool,
        JsonNode tools,
        JsonNode schema) {

    /** What was said, without how it is to be answered. */
    JsonNode said() {
        return prompt.has("messages") ? prompt.path("messages") : prompt.path("prompt");
    }

    /** The function that is to be called: the one that has to be, or one whose name the user says. */
    JsonNode called(String byBehaviour) {
        var wanted = byBehaviour.isEmpty() ? tool : byBehaviour;
        for (var one : tools) {
            var function = one.path("function");
            var name = function.path("name").asString("");
            var isNamed = isFromUser && !name.isEmpty() && lastMessage.contains(name);
            if (wanted.equals(name) || isFromUser && wanted.equals("*") || wanted.isEmpty() && isNamed) {
                return function;
            }
        }
        return tools.path("none");
    }
}
