package com.gogogoapi.proxy.protocol.responses.translated;

import static com.gogogoapi.proxy.protocol.responses.translated.ResponseBody.isAbsent;
import static com.gogogoapi.proxy.protocol.responses.translated.ResponseBody.refused;
import static com.gogogoapi.proxy.protocol.responses.translated.ResponseBody.require;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request for a response in chat's words; its limit is enforced by what is held. */
final class ChatBody {

    private static final String[] SAID_ALIKE = {"model", "temperature", "top_p", "parallel_tool_calls", "stream"};

    private ChatBody() {}

    /** @throws com.gogogoapi.chassis.errors.ApiError 400 for what chat has no words for */
    static byte[] of(JsonNode response) {
        var chat = JsonMapper.shared().createObjectNode();
        for (var name : SAID_ALIKE) {
            if (!isAbsent(response.path(name))) {
                chat.set(name, response.path(name));
            }
        }
        chat.set("messages", new Conversation().read(response));
        tools(response.path("tools"), chat);
        toolChoice(response.path("tool_choice"), chat);
        format(response.path("text").path("format"), chat);
        effort(response.path("reasoning").path("effort"), chat);
        return JsonMapper.shared().writeValueAsBytes(chat);
    }

    private static void tools(JsonNode tools, ObjectNode chat) {
        if (tools.isEmpty()) {
            return;
        }
        var functions = chat.putArray("tools");
        var index = 0;
        for (var tool : tools) {
            var at = "tools[" + index + "]";
            if (!tool.path("type").asString("").equals("function")) {
                throw refused(at + ".type", "function");
            }
            var function = functions.addObject().put("type", "function").putObject("function");
            for (var property : tool.properties()) {
                if (!property.getKey().equals("type") && !property.getValue().isNull()) {
                    function.set(property.getKey(), property.getValue());
                }
            }
            index++;
        }
    }

    private static void toolChoice(JsonNode choice, ObjectNode chat) {
        if (choice.isString()) {
            chat.set("tool_choice", choice);
        } else if (choice.isObject()) {
            if (!choice.path("type").asString("").equals("function")) {
                throw refused("tool_choice", "none, auto, required or a function");
            }
            chat.putObject("tool_choice")
                    .put("type", "function")
                    .putObject("function")
                    .set("name", choice.path("name"));
        }
    }

    private static void format(JsonNode format, ObjectNode chat) {
        if (isAbsent(format)) {
            return;
        }
        switch (format.path("type").asString("")) {
            case "text" -> {}
            case "json_object" -> chat.putObject("response_format").put("type", "json_object");
            case "json_schema" -> {
                var schema = chat.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                for (var property : format.properties()) {
                    if (!property.getKey().equals("type")
                            && !property.getValue().isNull()) {
                        schema.set(property.getKey(), property.getValue());
                    }
                }
            }
            default -> throw refused("text.format.type", "text, json_object or json_schema");
        }
    }

    /** By chat's own name; none of it is a switch of its own there. */
    private static void effort(JsonNode effort, ObjectNode chat) {
        if (isAbsent(effort)) {
            return;
        }
        require(effort.isString(), "reasoning.effort");
        if (effort.stringValue().equals("none")) {
            chat.putObject("thinking").put("type", "disabled");
        } else {
            chat.set("reasoning_effort", effort);
        }
    }
}
