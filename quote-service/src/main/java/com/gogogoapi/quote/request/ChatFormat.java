package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Chat completions, in whose words prompts are counted. */
final class ChatFormat implements RequestFormat {

    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private static final JsonNode SYSTEM = StringNode.valueOf("system");

    private static final Set<String> SHOW_IMAGES = Set.of("user", "tool");

    private static final PricedFields PART = new PricedFields(
            Map.of("type", PricedFields.WHOLE, "text", PricedFields.WHOLE, "image_url", PricedFields.WHOLE));
    private static final PricedFields FUNCTION =
            new PricedFields(Map.of("name", PricedFields.WHOLE, "arguments", PricedFields.WHOLE));
    private static final PricedFields CALL = new PricedFields(Map.of("function", FUNCTION));
    private static final PricedFields MESSAGE = new PricedFields(Map.of(
            "role", PricedFields.WHOLE,
            "content", PART,
            "reasoning_content", PART,
            "tool_calls", CALL,
            "function_call", FUNCTION));
    private static final PricedFields BODY = new PricedFields(Map.of(
            "model", PricedFields.WHOLE,
            "messages", MESSAGE,
            "tools", new PricedFields(Map.of("function", PricedFields.WHOLE)),
            "functions", PricedFields.WHOLE,
            "response_format", PricedFields.WHOLE));

    @Override
    public PricedFields priced() {
        return BODY;
    }

    @Override
    public JsonNode prompt(JsonNode body, Images images) {
        checkMessages(body.path("messages"), images);
        Checks.requireTools(body, "tools");
        Checks.requireTools(body, "functions");
        Checks.requireOptionalObject(body.path("response_format"), "response_format");
        return asTheUpstreamGetsIt(body);
    }

    /** With developers as systems: so they go upstream, where nobody is called a developer. */
    private static JsonNode asTheUpstreamGetsIt(JsonNode body) {
        var messages = body.path("messages");
        if (messages.valueStream().noneMatch(ChatFormat::isDevelopers)) {
            return body;
        }
        var told = JsonNodeFactory.instance.arrayNode(messages.size());
        messages.forEach(message -> told.add(isDevelopers(message) ? with(message, "role", SYSTEM) : message));
        return with(body, "messages", told);
    }

    private static boolean isDevelopers(JsonNode message) {
        return "developer".equals(message.path("role").asString(""));
    }

    /** A copy with another value; the original is the client's. */
    private static ObjectNode with(JsonNode object, String name, JsonNode value) {
        var copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(property -> copy.set(property.getKey(), property.getValue()));
        copy.set(name, value);
        return copy;
    }

    private static void checkMessages(JsonNode messages, Images images) {
        Checks.requireEntries(messages, "messages");
        for (var i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            var at = "messages[" + i + "]";
            Checks.requireObject(message, at);
            var role = message.path("role");
            if (!role.isString() || !ROLES.contains(role.stringValue())) {
                throw ApiError.invalidRequest(at + ".role", at + ".role must be one of system, user, assistant, tool.");
            }
            checkContent(message, at, images);
            checkCalls(message.path("tool_calls"), at);
        }
    }

    private static void checkCalls(JsonNode calls, String at) {
        if (Checks.isAbsent(calls)) {
            return;
        }
        if (!calls.isArray() || calls.size() > Checks.MAX_TOOLS) {
            throw ApiError.invalidRequest(
                    at + ".tool_calls",
                    at + ".tool_calls must be an array of at most " + Checks.MAX_TOOLS + " entries.");
        }
        for (var call : calls) {
            if (!call.path("function").path("name").isString()) {
                throw ApiError.invalidRequest(
                        at + ".tool_calls", "Every entry of " + at + ".tool_calls must have a function.");
            }
        }
    }

    private static void checkContent(JsonNode message, String at, Images images) {
        var content = message.path("content");
        if (content.isString()) {
            return;
        }
        if (Checks.isAbsent(content)) {
            // An assistant who says nothing, and may call tools: read as empty.
            if ("assistant".equals(message.path("role").stringValue())) {
                return;
            }
            throw ApiError.invalidRequest(at + ".content", at + ".content must be a string or an array of text parts.");
        }
        if (!content.isArray()) {
            throw ApiError.invalidRequest(at + ".content", at + ".content must be a string or an array of text parts.");
        }
        var showsImages = SHOW_IMAGES.contains(message.path("role").stringValue());
        for (var i = 0; i < content.size(); i++) {
            var part = content.get(i);
            if (showsImages && "image_url".equals(part.path("type").asString(""))) {
                images.chat(part, at + ".content[" + i + "]");
            } else if (!part.isObject()
                    || !"text".equals(part.path("type").asString(""))
                    || !part.path("text").isString()) {
                throw Checks.notText(at + ".content", part);
            }
        }
    }
}
