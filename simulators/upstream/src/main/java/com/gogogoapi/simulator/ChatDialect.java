package com.gogogoapi.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions. */
final class ChatDialect implements Dialect {

    @Override
    public Asked asked(JsonNode request) {
        var messages = request.path("messages");
        var last = messages.path(messages.size() - 1);
        return new Asked(
                last.path("content").toString(),
                last.path("role").asString("").equals("user"),
                request,
                request.has("max_tokens") ? request.path("max_tokens").asLong() : null,
                request.path("user_id").asString(""),
                "",
                forced(request.path("tool_choice")),
                request.path("tools"),
                isAnyJson(request)
                        ? SpelledSchema.in(messages).orElseGet(ChatDialect::json)
                        : schema(request.path("response_format")));
    }

    private static boolean isAnyJson(JsonNode request) {
        return request.path("response_format").path("type").asString("").equals("json_object");
    }

    /** The tool that a choice wants, in chat's words and those of Responses. */
    static String forced(JsonNode choice) {
        if (choice.isObject()) {
            return choice.path("function")
                    .path("name")
                    .asString(choice.path("name").asString(""));
        }
        return choice.asString("").equals("required") ? "*" : "";
    }

    /** What an answer's form wants; an object of whatever kind where it only wants JSON. */
    static JsonNode schema(JsonNode format) {
        return switch (format.path("type").asString("")) {
            case "json_object" -> JsonMapper.shared().createObjectNode();
            case "json_schema" ->
                format.path("json_schema").path("schema").isObject()
                        ? format.path("json_schema").path("schema")
                        : format.path("schema");
            default -> MissingNode.getInstance();
        };
    }

    @Override
    public ObjectNode whole(Generated generated, boolean withUsage) {
        var answer = head(generated, "chat.completion");
        var choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        var message = choice.putObject("message").put("role", "assistant").put("content", generated.allText());
        if (!generated.reasoning().isEmpty()) {
            message.put("reasoning_content", generated.allReasoning());
        }
        if (generated.callsATool()) {
            call(message.putArray("tool_calls").addObject(), generated).put("arguments", generated.allArguments());
        }
        choice.put("finish_reason", finishReason(generated));
        if (withUsage) {
            answer.set("usage", generated.usage());
        }
        return answer;
    }

    /** @return its function */
    private static ObjectNode call(ObjectNode call, Generated generated) {
        return call.put("id", generated.toolCallId())
                .put("type", "function")
                .putObject("function")
                .put("name", generated.tool());
    }

    @Override
    public Events events(Generated generated, Usage usage) {
        var events = new Events();
        events.beginning().add(delta(generated, json().put("role", "assistant").put("content", "")));
        generated.reasoning().forEach(piece -> events.pieces()
                .add(delta(generated, json().put("reasoning_content", piece))));
        generated.text().forEach(piece -> events.pieces().add(delta(generated, json().put("content", piece))));
        if (generated.callsATool()) {
            calls(generated, events);
        }
        var finish = chunk(generated, json().put("content", ""));
        ((ObjectNode) finish.path("choices").get(0)).put("finish_reason", finishReason(generated));
        if (usage == Usage.FINISH) {
            finish.set("usage", generated.usage());
        }
        events.ending().add(Dialect.untyped(finish));
        if (usage == Usage.TRAILING) {
            var trailing = head(generated, "chat.completion.chunk");
            trailing.putArray("choices");
            trailing.set("usage", generated.usage());
            events.ending().add(Dialect.untyped(trailing));
        }
        events.ending().add("data: [DONE]\n\n");
        return events;
    }

    private static void calls(Generated generated, Events events) {
        var begun = json();
        call(begun.putArray("tool_calls").addObject().put("index", 0), generated)
                .put("arguments", "");
        var before = delta(generated, begun);
        for (var piece : generated.arguments()) {
            var more = json();
            more.putArray("tool_calls")
                    .addObject()
                    .put("index", 0)
                    .putObject("function")
                    .put("arguments", piece);
            events.pieces().add(before + delta(generated, more));
            before = "";
        }
    }

    private static String finishReason(Generated generated) {
        if (generated.cutOff()) {
            return "length";
        }
        return generated.callsATool() ? "tool_calls" : "stop";
    }

    private static ObjectNode json() {
        return JsonMapper.shared().createObjectNode();
    }

    private static String delta(Generated generated, ObjectNode delta) {
        return Dialect.untyped(chunk(generated, delta));
    }

    private static ObjectNode chunk(Generated generated, ObjectNode delta) {
        var chunk = head(generated, "chat.completion.chunk");
        var choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode head(Generated generated, String object) {
        return json().put("id", "chatcmpl-" + generated.id())
                .put("object", object)
                .put("created", Dialect.now())
                .put("model", generated.model())
                .put("system_fingerprint", "fp_simulator");
    }

    @Override
    public Object error(String message) {
        return UpstreamSimulator.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return Dialect.untyped(JsonMapper.shared().valueToTree(error(message)));
    }
}
