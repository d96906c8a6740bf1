package com.gogogoapi.proxy.protocol.responses.translated;

import static com.gogogoapi.proxy.protocol.responses.translated.ResponseBody.isAbsent;
import static com.gogogoapi.proxy.protocol.responses.translated.ResponseBody.refused;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The input of a request as chat's messages: reasoning, text and calls that follow each other are one message of an
 * assistant, as the quote-service counts them.
 */
final class Conversation {

    private static final String CONTENT = "content";
    private static final String REASONING = "reasoning_content";
    private static final String CALLS = "tool_calls";

    private final ArrayNode messages = JsonMapper.shared().createArrayNode();
    /** The answer that is being put together, as long as nobody else speaks. */
    private @Nullable ObjectNode answer;

    /** @throws com.gogogoapi.chassis.errors.ApiError 400 for what chat has no words for */
    ArrayNode read(JsonNode response) {
        if (response.path("instructions").isString()) {
            messages.addObject().put("role", "system").set(CONTENT, response.path("instructions"));
        }
        var input = response.path("input");
        if (input.isString()) {
            messages.addObject().put("role", "user").set(CONTENT, input);
        }
        var index = 0;
        for (var item : input.isArray() ? input : JsonMapper.shared().createArrayNode()) {
            add(item, "input[" + index + "]");
            index++;
        }
        return messages;
    }

    private void add(JsonNode item, String at) {
        switch (item.path("type").asString("message")) {
            case "message" -> message(item, at);
            case "reasoning" -> {
                if (!isAbsent(item.path("encrypted_content"))) {
                    throw refused(at + ".encrypted_content", "left out");
                }
                append(REASONING, text(item.path("summary"), at + ".summary"));
                append(REASONING, text(item.path(CONTENT), at + ".content"));
            }
            case "function_call" -> {
                var call = answer().withArrayProperty(CALLS).addObject();
                call.set("id", item.path("call_id"));
                var function = call.put("type", "function").putObject("function");
                function.set("name", item.path("name"));
                function.set("arguments", item.path("arguments"));
            }
            case "function_call_output" -> {
                answer = null;
                messages.addObject()
                        .put("role", "tool")
                        .put(CONTENT, text(item.path("output"), at + ".output"))
                        .set("tool_call_id", item.path("call_id"));
            }
            default -> throw refused(at + ".type", "message, reasoning, function_call or function_call_output");
        }
    }

    private void message(JsonNode item, String at) {
        var role = item.path("role").asString("");
        var content = item.path(CONTENT);
        if (role.equals("assistant")) {
            append(CONTENT, text(content, at + ".content"));
            return;
        }
        answer = null;
        var message = messages.addObject().put("role", role.equals("developer") ? "system" : role);
        if (role.equals("user") && content.valueStream().anyMatch(Conversation::isImage)) {
            parts(content, at + ".content", message.putArray(CONTENT));
        } else {
            message.put(CONTENT, text(content, at + ".content"));
        }
    }

    private static boolean isImage(JsonNode part) {
        return part.path("type").asString("").equals("input_image");
    }

    /** Texts and images, each as a part of its own. */
    private static void parts(JsonNode content, String at, ArrayNode parts) {
        for (var part : content) {
            if (!isImage(part)) {
                parts.addObject().put("type", "text").put("text", said(part, at));
                continue;
            }
            var image = part.path("image_url");
            if (!image.isString()) {
                throw refused(at, "text, or images by image_url");
            }
            var url = parts.addObject().put("type", "image_url").putObject("image_url");
            url.set("url", image);
            if (!isAbsent(part.path("detail"))) {
                url.set("detail", part.path("detail"));
            }
        }
    }

    private ObjectNode answer() {
        var open = answer;
        if (open == null) {
            open = messages.addObject().put("role", "assistant").put(CONTENT, "");
            answer = open;
        }
        return open;
    }

    private void append(String name, String text) {
        var open = answer();
        if (!text.isEmpty()) {
            open.put(name, open.path(name).asString("") + text);
        }
    }

    /** Of a string, or of parts in whichever of their names. */
    private static String text(JsonNode content, String at) {
        if (content.isString()) {
            return content.stringValue();
        }
        var text = new StringBuilder();
        for (var part : content) {
            text.append(said(part, at));
        }
        return text.toString();
    }

    private static String said(JsonNode part, String at) {
        var said = part.path(part.path("type").asString("").equals("refusal") ? "refusal" : "text");
        if (!said.isString()) {
            throw refused(at, "text");
        }
        return said.stringValue();
    }
}
