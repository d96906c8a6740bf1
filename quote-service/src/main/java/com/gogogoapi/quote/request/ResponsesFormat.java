package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's Responses, put into chat's words to be counted. Reasoning, text and calls that follow each other are one answer.
 * What would need a memory is refused: nothing of a request is kept, here and at the upstream.
 */
final class ResponsesFormat implements RequestFormat {

    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");
    private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text", "refusal");

    private static final PricedFields PART = new PricedFields(Map.of(
            "type", PricedFields.WHOLE,
            "text", PricedFields.WHOLE,
            "refusal", PricedFields.WHOLE,
            "image_url", PricedFields.WHOLE));
    private static final PricedFields ITEM = new PricedFields(Map.of(
            "type", PricedFields.WHOLE,
            "role", PricedFields.WHOLE,
            "content", PART,
            "summary", PART,
            "name", PricedFields.WHOLE,
            "arguments", PricedFields.WHOLE,
            "input", PricedFields.WHOLE,
            "output", PART));
    private static final PricedFields BODY = new PricedFields(Map.of(
            "model", PricedFields.WHOLE,
            "instructions", PricedFields.WHOLE,
            "input", ITEM,
            "tools", PricedFields.WHOLE,
            "text", PricedFields.WHOLE));

    @Override
    public PricedFields priced() {
        return BODY;
    }

    @Override
    public JsonNode prompt(JsonNode body, Images images) {
        requireNoMemory(body);
        Checks.requireTools(body, "tools");
        Checks.requireOptionalObject(body.path("text"), "text");
        Checks.requireOptionalObject(body.path("reasoning"), "reasoning");
        var prompt = JsonNodeFactory.instance.objectNode();
        new Conversation(prompt.putArray("messages"), images).read(body);
        tools(body.path("tools"), prompt);
        var format = body.path("text").path("format");
        if (format.isObject()) {
            prompt.set("response_format", format);
        }
        prompt.put("reasoning_effort", body.path("reasoning").path("effort").asString(""));
        return prompt;
    }

    private static void requireNoMemory(JsonNode body) {
        Checks.requireBoolean(body.path("store"), "store");
        if (body.path("store").asBoolean(false)) {
            throw ApiError.invalidRequest(
                    "store", "store must be false or left out: responses are not kept, send the whole conversation.");
        }
        Checks.requireBoolean(body.path("background"), "background");
        if (body.path("background").asBoolean(false)) {
            throw ApiError.invalidRequest(
                    "background", "background must be false or left out: responses are not kept.");
        }
        for (var name : new String[] {"previous_response_id", "conversation", "prompt"}) {
            if (!Checks.isAbsent(body.path(name))) {
                throw ApiError.invalidRequest(
                        name, name + " must be left out: nothing is kept here, send the whole conversation as input.");
            }
        }
    }

    /** Functions in chat's form; whatever else there is, as it stands. */
    private static void tools(JsonNode tools, ObjectNode prompt) {
        if (tools.isEmpty()) {
            return;
        }
        var functions = prompt.putArray("tools");
        for (var tool : tools) {
            if ("function".equals(tool.path("type").asString(""))) {
                var function = functions.addObject().put("type", "function").putObject("function");
                for (var property : tool.properties()) {
                    if (!property.getKey().equals("type")) {
                        function.set(property.getKey(), property.getValue());
                    }
                }
            } else {
                functions.add(tool);
            }
        }
    }

    /** The input as it becomes messages. */
    private static final class Conversation {

        private final ArrayNode messages;
        private final Images images;
        /** The answer that is being put together, as long as nobody else speaks. */
        private @Nullable ObjectNode answer;

        Conversation(ArrayNode messages, Images images) {
            this.messages = messages;
            this.images = images;
        }

        void read(JsonNode body) {
            var instructions = body.path("instructions");
            if (!Checks.isAbsent(instructions)) {
                requireString(instructions, "instructions");
                messages.addObject().put("role", "system").set("content", instructions);
            }
            var input = body.path("input");
            if (input.isString()) {
                messages.addObject().put("role", "user").set("content", input);
                return;
            }
            if (!input.isArray()) {
                throw ApiError.invalidRequest("input", "input must be a string or a non-empty array.");
            }
            Checks.requireEntries(input, "input");
            for (var i = 0; i < input.size(); i++) {
                var at = "input[" + i + "]";
                Checks.requireObject(input.get(i), at);
                add(input.get(i), at);
            }
        }

        private void add(JsonNode item, String at) {
            switch (item.path("type").asString("message")) {
                case "message" -> message(item, at);
                case "reasoning" -> {
                    append("reasoning_content", item.path("summary"), at + ".summary");
                    append("reasoning_content", item.path("content"), at + ".content");
                }
                case "function_call" -> call(item, "arguments", at);
                case "custom_tool_call" -> call(item, "input", at);
                case "function_call_output", "custom_tool_call_output" -> {
                    answer = null;
                    messages.addObject()
                            .put("role", "tool")
                            .set("content", texts(item.path("output"), at + ".output", true));
                }
                case "item_reference" ->
                    throw ApiError.invalidRequest(
                            at + ".type",
                            at
                                    + ".type must not be item_reference, since nothing is kept here: the item itself must be sent,"
                                    + " as SDKs do that are told not to store.");
                default ->
                    throw ApiError.invalidRequest(
                            at + ".type",
                            at + ".type must be message, reasoning, function_call, function_call_output,"
                                    + " custom_tool_call or custom_tool_call_output.");
            }
        }

        private void message(JsonNode item, String at) {
            var role = item.path("role").asString("");
            if (!ROLES.contains(role)) {
                throw ApiError.invalidRequest(at + ".role", at + ".role must be user, assistant, system or developer.");
            }
            if (role.equals("assistant")) {
                append("content", item.path("content"), at + ".content");
                return;
            }
            answer = null;
            messages.addObject()
                    .put("role", role)
                    .set("content", texts(item.path("content"), at + ".content", role.equals("user")));
        }

        private ObjectNode answer() {
            var open = answer;
            if (open == null) {
                open = messages.addObject().put("role", "assistant");
                open.putArray("content");
                open.putArray("reasoning_content");
                open.putArray("tool_calls");
                answer = open;
            }
            return open;
        }

        private void append(String name, JsonNode content, String at) {
            var parts = answer().withArrayProperty(name);
            if (Checks.isAbsent(content)) {
                return;
            }
            var texts = texts(content, at, false);
            if (texts.isString()) {
                parts.addObject().put("type", "text").set("text", texts);
            } else {
                texts.forEach(parts::add);
            }
        }

        private void call(JsonNode item, String input, String at) {
            requireString(item.path("name"), at + ".name");
            requireString(item.path(input), at + "." + input);
            var function = answer().withArrayProperty("tool_calls").addObject().putObject("function");
            function.set("name", item.path("name"));
            function.set("arguments", item.path(input));
        }

        private static void requireString(JsonNode value, String name) {
            if (!value.isString()) {
                throw ApiError.invalidRequest(name, name + " must be a string.");
            }
        }

        /** A string, or parts of text in whichever of their names, and images where they may be. */
        private JsonNode texts(JsonNode content, String at, boolean mayHaveImages) {
            if (content.isString()) {
                return content;
            }
            if (!content.isArray()) {
                throw ApiError.invalidRequest(at, at + " must be a string or an array of text parts.");
            }
            var texts = JsonNodeFactory.instance.arrayNode();
            for (var i = 0; i < content.size(); i++) {
                var part = content.get(i);
                var type = part.path("type").asString("");
                if (mayHaveImages && type.equals("input_image")) {
                    texts.add(images.response(part, at + "[" + i + "]"));
                    continue;
                }
                var text = part.path(type.equals("refusal") ? "refusal" : "text");
                if (!text.isString() || !isText(type)) {
                    throw Checks.notText(at, part);
                }
                texts.addObject().put("type", "text").set("text", text);
            }
            return texts;
        }

        /** Of an answer, too, whose reasoning has names of its own. */
        private static boolean isText(String type) {
            return TEXTS.contains(type) || type.equals("reasoning_text") || type.equals("summary_text");
        }
    }
}
