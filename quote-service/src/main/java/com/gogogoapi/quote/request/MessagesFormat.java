package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's Messages, put into chat's words to be counted: the model's template knows one conversation, whichever protocol
 * it comes in. The last message of an assistant is what the answer goes on from.
 */
final class MessagesFormat implements RequestFormat {

    private static final String BLOCKS = "text, image, thinking, tool_use or tool_result";

    private static final PricedFields RESULT = new PricedFields(
            Map.of("type", PricedFields.WHOLE, "text", PricedFields.WHOLE, "source", PricedFields.WHOLE));
    private static final PricedFields BLOCK = new PricedFields(Map.of(
            "type", PricedFields.WHOLE,
            "text", PricedFields.WHOLE,
            "thinking", PricedFields.WHOLE,
            "name", PricedFields.WHOLE,
            "input", PricedFields.WHOLE,
            "source", PricedFields.WHOLE,
            "content", RESULT));
    private static final PricedFields BODY = new PricedFields(Map.of(
            "model",
            PricedFields.WHOLE,
            "system",
            RESULT,
            "messages",
            new PricedFields(Map.of("role", PricedFields.WHOLE, "content", BLOCK)),
            "tools",
            PricedFields.WHOLE));

    @Override
    public PricedFields priced() {
        return BODY;
    }

    @Override
    public JsonNode prompt(JsonNode body, Images images) {
        var messages = body.path("messages");
        Checks.requireEntries(messages, "messages");
        Checks.requireTools(body, "tools");
        Checks.requireOptionalObject(body.path("thinking"), "thinking");
        Checks.requireOptionalObject(body.path("output_config"), "output_config");
        var prompt = JsonNodeFactory.instance.objectNode();
        var conversation = prompt.putArray("messages");
        if (!Checks.isAbsent(body.path("system"))) {
            conversation.addObject().put("role", "system").set("content", texts(body.path("system"), "system", null));
        }
        for (var i = 0; i < messages.size(); i++) {
            add(messages.get(i), "messages[" + i + "]", i == messages.size() - 1, conversation, images);
        }
        tools(body.path("tools"), prompt);
        if (body.path("thinking").isObject()) {
            prompt.set("thinking", body.path("thinking"));
        }
        prompt.put("reasoning_effort", body.path("output_config").path("effort").asString(""));
        return prompt;
    }

    private static void add(JsonNode message, String at, boolean isLast, ArrayNode conversation, Images images) {
        Checks.requireObject(message, at);
        var content = message.path("content");
        if (!content.isString() && !content.isArray()) {
            throw ApiError.invalidRequest(at + ".content", at + ".content must be a string or an array of blocks.");
        }
        switch (message.path("role").asString("")) {
            case "user" -> asked(content, at + ".content", conversation, images);
            case "assistant" -> answered(content, at + ".content", isLast, conversation);
            // Not as Anthropic began, but as agents do it by now: what the system says in the middle of a conversation.
            case "system" ->
                conversation.addObject().put("role", "system").set("content", texts(content, at + ".content", null));
            default -> throw ApiError.invalidRequest(at + ".role", at + ".role must be user, assistant or system.");
        }
    }

    /** What tools answered and what the user says and shows, each in its place. */
    private static void asked(JsonNode content, String at, ArrayNode conversation, Images images) {
        if (content.isString()) {
            conversation.addObject().put("role", "user").set("content", content);
            return;
        }
        @Nullable ArrayNode said = null;
        for (var i = 0; i < content.size(); i++) {
            var block = content.get(i);
            var blockAt = at + "[" + i + "]";
            switch (typeOf(block)) {
                case "text", "image" -> {
                    if (said == null) {
                        said = conversation.addObject().put("role", "user").putArray("content");
                    }
                    said.add(typeOf(block).equals("image") ? images.block(block, blockAt) : text(block, blockAt));
                }
                case "tool_result" -> {
                    said = null;
                    conversation
                            .addObject()
                            .put("role", "tool")
                            .set("content", texts(block.path("content"), blockAt + ".content", images));
                }
                default -> throw refused(blockAt, "text, image or tool_result", block);
            }
        }
    }

    private static void answered(JsonNode content, String at, boolean isOpen, ArrayNode conversation) {
        var answer = conversation.addObject().put("role", "assistant");
        if (isOpen) {
            answer.put("prefix", true);
        }
        if (content.isString()) {
            answer.set("content", content);
            return;
        }
        var said = answer.putArray("content");
        var reasoning = new StringBuilder();
        var calls = JsonNodeFactory.instance.arrayNode();
        for (var i = 0; i < content.size(); i++) {
            var block = content.get(i);
            var blockAt = at + "[" + i + "]";
            switch (typeOf(block)) {
                case "text" -> said.add(text(block, blockAt));
                case "thinking" -> reasoning.append(string(block, "thinking", blockAt));
                case "tool_use" -> {
                    var function = calls.addObject().putObject("function");
                    function.put("name", string(block, "name", blockAt));
                    Checks.requireObject(block.path("input"), blockAt + ".input");
                    function.put("arguments", block.path("input").toString());
                }
                default -> throw refused(blockAt, "text, thinking or tool_use", block);
            }
        }
        answer.put("reasoning_content", reasoning.toString());
        answer.set("tool_calls", calls);
    }

    private static String typeOf(JsonNode block) {
        return block.path("type").asString("");
    }

    private static ApiError refused(String at, String whatMustBe, JsonNode block) {
        var type = ApiError.printable(typeOf(block));
        return ApiError.invalidRequest(
                at,
                at + " must be " + whatMustBe
                        + (type.isEmpty()
                                ? "."
                                : ", not " + type + ": blocks are " + BLOCKS
                                        + ", since what cannot be counted beforehand cannot be held for."));
    }

    private static String string(JsonNode block, String name, String at) {
        var value = block.path(name);
        if (!value.isString()) {
            throw ApiError.invalidRequest(at + "." + name, at + "." + name + " must be a string.");
        }
        return value.stringValue();
    }

    private static JsonNode text(JsonNode block, String at) {
        return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", string(block, "text", at));
    }

    /**
     * A string, or blocks of text; nothing where a tool answered nothing.
     *
     * @param images null where there may be none
     */
    private static JsonNode texts(JsonNode content, String at, @Nullable Images images) {
        if (content.isString()) {
            return content;
        }
        if (!Checks.isAbsent(content) && !content.isArray()) {
            throw ApiError.invalidRequest(at, at + " must be a string or an array of text blocks.");
        }
        var texts = JsonNodeFactory.instance.arrayNode();
        for (var i = 0; i < content.size(); i++) {
            var blockAt = at + "[" + i + "]";
            var block = content.get(i);
            if (images != null && "image".equals(typeOf(block))) {
                texts.add(images.block(block, blockAt));
            } else if ("text".equals(typeOf(block))) {
                texts.add(text(block, blockAt));
            } else {
                throw refused(blockAt, images == null ? "text" : "text or image", block);
            }
        }
        return texts;
    }

    /** The client's own as functions; those of a server's, which have a type, as they stand. */
    private static void tools(JsonNode tools, ObjectNode prompt) {
        if (tools.isEmpty()) {
            return;
        }
        var functions = prompt.putArray("tools");
        for (var tool : tools) {
            if (tool.has("input_schema")) {
                var function = functions.addObject().put("type", "function").putObject("function");
                function.set("name", tool.path("name"));
                if (tool.has("description")) {
                    function.set("description", tool.path("description"));
                }
                function.set("parameters", tool.path("input_schema"));
            } else {
                functions.add(tool);
            }
        }
    }
}
