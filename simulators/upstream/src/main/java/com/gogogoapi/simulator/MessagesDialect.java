package com.gogogoapi.simulator;

import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.quote.request.Requests;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's Messages. */
final class MessagesDialect implements Dialect {

    @Override
    public Asked asked(JsonNode request) {
        var last = lastSaid(request.path("messages"));
        var content = last.path("content");
        var prompt = Requests.read(RequestProtocol.MESSAGES, JsonMapper.shared().writeValueAsBytes(request))
                .prompt();
        return new Asked(
                content.toString(),
                last.path("role").asString("").equals("user")
                        && content.valueStream()
                                .noneMatch(
                                        block -> block.path("type").asString("").equals("tool_result")),
                prompt,
                request.has("max_tokens") ? request.path("max_tokens").asLong() : null,
                request.path("metadata").path("user_id").asString(""),
                "",
                forced(request.path("tool_choice")),
                prompt.path("tools"),
                MissingNode.getInstance());
    }

    /** Some clients add a system's message to what the user said. */
    private static JsonNode lastSaid(JsonNode messages) {
        var last = messages.size() - 1;
        while (last > 0 && messages.path(last).path("role").asString("").equals("system")) {
            last--;
        }
        return messages.path(last);
    }

    private static String forced(JsonNode choice) {
        return switch (choice.path("type").asString("")) {
            case "any" -> "*";
            case "tool" -> choice.path("name").asString("");
            default -> "";
        };
    }

    @Override
    public ObjectNode whole(Generated generated, boolean withUsage) {
        var message = head(generated);
        var content = message.putArray("content");
        if (!generated.reasoning().isEmpty()) {
            content.add(block("thinking", "thinking", generated.allReasoning()).put("signature", generated.id()));
        }
        if (!generated.text().isEmpty()) {
            content.add(block("text", "text", generated.allText()));
        }
        if (generated.callsATool()) {
            var call = call(generated);
            // Half of a call's JSON is none.
            call.set("input", JsonMapper.shared().readTree(generated.cutOff() ? "{}" : generated.allArguments()));
            content.add(call);
        }
        message.put("stop_reason", stopReason(generated)).putNull("stop_sequence");
        if (withUsage) {
            message.set("usage", usage(generated, generated.completionTokens()));
        }
        return message;
    }

    private static ObjectNode json() {
        return JsonMapper.shared().createObjectNode();
    }

    private static ObjectNode head(Generated generated) {
        return json().put("id", generated.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", generated.model());
    }

    private static ObjectNode block(String type, String name, String text) {
        return json().put("type", type).put(name, text);
    }

    private static ObjectNode call(Generated generated) {
        return json().put("type", "tool_use").put("id", generated.toolCallId()).put("name", generated.tool());
    }

    private static String stopReason(Generated generated) {
        if (generated.cutOff()) {
            return "max_tokens";
        }
        return generated.callsATool() ? "tool_use" : "end_turn";
    }

    /** What came from the cache is not in the input. */
    private static ObjectNode usage(Generated generated, long outputTokens) {
        return json().put("input_tokens", generated.promptTokens() - generated.cached())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", generated.cached())
                .put("output_tokens", outputTokens)
                .put("service_tier", "standard");
    }

    @Override
    public Events events(Generated generated, Usage usage) {
        var events = new Events();
        var start = head(generated);
        start.putArray("content");
        start.putNull("stop_reason").putNull("stop_sequence");
        if (usage != Usage.NONE) {
            start.set("usage", usage(generated, 0));
        }
        events.beginning().add(event("message_start", Map.of("message", start)));
        events.beginning().add(event("ping", Map.of()));
        var blocks = new Blocks(events);
        blocks.add(
                block("thinking", "thinking", "").put("signature", ""),
                "thinking_delta",
                "thinking",
                generated.reasoning());
        blocks.add(block("text", "text", ""), "text_delta", "text", generated.text());
        if (generated.callsATool()) {
            var begun = call(generated);
            begun.putObject("input");
            blocks.add(begun, "input_json_delta", "partial_json", generated.arguments());
        }
        var delta = json();
        delta.put("type", "message_delta")
                .putObject("delta")
                .put("stop_reason", stopReason(generated))
                .putNull("stop_sequence");
        if (usage != Usage.NONE) {
            delta.set("usage", usage(generated, generated.completionTokens()));
        }
        events.ending().add(Dialect.typed(delta));
        events.ending().add(event("message_stop", Map.of()));
        return events;
    }

    private static String event(String type, Map<String, ObjectNode> fields) {
        var event = json().put("type", type);
        fields.forEach(event::set);
        return Dialect.typed(event);
    }

    /** The blocks of a message, one after another. */
    private static final class Blocks {

        private final Events events;
        private int index;

        Blocks(Events events) {
            this.events = events;
        }

        /** Begins with the first piece, and ends with the last. */
        void add(ObjectNode begun, String deltaType, String name, List<String> pieces) {
            for (var i = 0; i < pieces.size(); i++) {
                var delta = json().put("type", "content_block_delta").put("index", index);
                delta.putObject("delta").put("type", deltaType).put(name, pieces.get(i));
                events.pieces()
                        .add((i == 0 ? start(begun) : "")
                                + Dialect.typed(delta)
                                + (i == pieces.size() - 1 ? stop() : ""));
            }
            index += pieces.isEmpty() ? 0 : 1;
        }

        private String start(ObjectNode begun) {
            var start = json().put("type", "content_block_start").put("index", index);
            start.set("content_block", begun);
            return Dialect.typed(start);
        }

        private String stop() {
            return Dialect.typed(json().put("type", "content_block_stop").put("index", index));
        }
    }

    @Override
    public boolean alwaysStatesUsage() {
        return true;
    }

    @Override
    public Object error(String message) {
        return Map.of("type", "error", "error", Map.of("type", "api_error", "message", message));
    }

    @Override
    public String errorEvent(String message) {
        return Dialect.typed(JsonMapper.shared().valueToTree(error(message)));
    }
}
