package com.gogogoapi.simulator;

import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.quote.request.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses, without a memory. */
final class ResponsesDialect implements Dialect {

    private static final Set<String> TOOLS_SAID = Set.of("function_call_output", "custom_tool_call_output");

    @Override
    public Asked asked(JsonNode request) {
        var input = request.path("input");
        var last = input.isArray() ? input.path(input.size() - 1) : input;
        var prompt = Requests.read(
                        RequestProtocol.RESPONSES, JsonMapper.shared().writeValueAsBytes(request))
                .prompt();
        return new Asked(
                last.toString(),
                !TOOLS_SAID.contains(last.path("type").asString("")),
                prompt,
                request.has("max_output_tokens")
                        ? request.path("max_output_tokens").asLong()
                        : null,
                request.path("user_id").asString(""),
                "",
                ChatDialect.forced(request.path("tool_choice")),
                prompt.path("tools"),
                ChatDialect.schema(request.path("text").path("format")));
    }

    private static ObjectNode json() {
        return JsonMapper.shared().createObjectNode();
    }

    @Override
    public ObjectNode whole(Generated generated, boolean withUsage) {
        var response = head(generated, generated.cutOff() ? "incomplete" : "completed");
        if (generated.cutOff()) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        items(generated).forEach(item -> ((ArrayNode) response.path("output")).add(item.whole()));
        if (withUsage) {
            response.set("usage", usage(generated));
        }
        return response;
    }

    private static ObjectNode head(Generated generated, String status) {
        var response = json().put("id", "resp_" + generated.id())
                .put("object", "response")
                .put("created_at", Dialect.now())
                .put("status", status)
                .put("model", generated.model())
                .put("parallel_tool_calls", true)
                .put("tool_choice", "auto")
                .put("store", false);
        for (var name : new String[] {"error", "incomplete_details", "instructions", "previous_response_id", "usage"}) {
            response.putNull(name);
        }
        response.putObject("metadata");
        response.putArray("output");
        response.putArray("tools");
        return response;
    }

    private static ObjectNode usage(Generated generated) {
        var usage = json().put("input_tokens", generated.promptTokens())
                .put("output_tokens", generated.completionTokens())
                .put("total_tokens", generated.promptTokens() + generated.completionTokens());
        usage.putObject("input_tokens_details").put("cached_tokens", generated.cached());
        usage.putObject("output_tokens_details").put("reasoning_tokens", generated.reasoningTokens());
        return usage;
    }

    /**
     * One item of an output.
     *
     * @param begun as it is when nothing of it is there yet
     * @param partType of its one part; empty where it has none
     * @param event of its pieces, without {@code .delta}
     * @param name of the field that has all of them
     */
    private record Item(
            ObjectNode begun, ObjectNode whole, String partType, String event, String name, List<String> pieces) {

        String id() {
            return begun.path("id").asString();
        }

        String all() {
            return String.join("", pieces);
        }
    }

    private static List<Item> items(Generated generated) {
        var items = new ArrayList<Item>();
        if (!generated.reasoning().isEmpty()) {
            items.add(parted(generated, "reasoning", "rs_", "reasoning_text", generated.reasoning()));
        }
        if (!generated.callsATool()) {
            items.add(parted(generated, "message", "msg_", "output_text", generated.text()));
        } else {
            var begun = json().put("id", "fc_" + generated.id())
                    .put("type", "function_call")
                    .put("status", "in_progress")
                    .put("call_id", generated.toolCallId())
                    .put("name", generated.tool())
                    .put("arguments", "");
            items.add(new Item(
                    begun,
                    begun.deepCopy().put("status", "completed").put("arguments", generated.allArguments()),
                    "",
                    "response.function_call_arguments",
                    "arguments",
                    generated.arguments()));
        }
        return items;
    }

    private static Item parted(Generated generated, String type, String prefix, String partType, List<String> pieces) {
        var begun = json().put("id", prefix + generated.id()).put("type", type).put("status", "in_progress");
        if (type.equals("message")) {
            begun.put("role", "assistant");
        } else {
            begun.putArray("summary");
        }
        begun.putArray("content");
        var whole = begun.deepCopy().put("status", "completed");
        ((ArrayNode) whole.path("content")).add(part(partType, String.join("", pieces)));
        return new Item(begun, whole, partType, "response." + partType, "text", pieces);
    }

    private static ObjectNode part(String type, String text) {
        var part = json().put("type", type).put("text", text);
        if (type.equals("output_text")) {
            part.putArray("annotations");
        }
        return part;
    }

    @Override
    public Events events(Generated generated, Usage usage) {
        return new Sequence().of(generated, usage);
    }

    /** Events, each with its number. */
    private static final class Sequence {

        private final Events events = new Events();
        private int number;

        Events of(Generated generated, Usage usage) {
            for (var type : List.of("response.created", "response.in_progress")) {
                events.beginning().add(event(type, Map.of("response", head(generated, "in_progress"))));
            }
            var index = 0;
            for (var item : items(generated)) {
                add(item, index);
                index++;
            }
            events.ending()
                    .add(event(
                            generated.cutOff() ? "response.incomplete" : "response.completed",
                            Map.of("response", new ResponsesDialect().whole(generated, usage != Usage.NONE))));
            return events;
        }

        /** Begins with the first piece, and ends with the last. */
        private void add(Item item, int index) {
            var pieces = item.pieces();
            if (pieces.isEmpty()) {
                events.ending().add(begun(item, index) + done(item, index));
                return;
            }
            for (var i = 0; i < pieces.size(); i++) {
                var before = i == 0 ? begun(item, index) : "";
                var delta =
                        within(item, index).put("type", item.event() + ".delta").put("delta", pieces.get(i));
                var sent = before + numbered(delta);
                events.pieces().add(i == pieces.size() - 1 ? sent + done(item, index) : sent);
            }
        }

        private String begun(Item item, int index) {
            var added = numbered(at("response.output_item.added", index).set("item", item.begun()));
            return item.partType().isEmpty()
                    ? added
                    : added
                            + numbered(within(item, index)
                                    .put("type", "response.content_part.added")
                                    .set("part", part(item.partType(), "")));
        }

        private String done(Item item, int index) {
            var all = numbered(
                    within(item, index).put("type", item.event() + ".done").put(item.name(), item.all()));
            var parts = item.partType().isEmpty()
                    ? ""
                    : numbered(within(item, index)
                            .put("type", "response.content_part.done")
                            .set("part", part(item.partType(), item.all())));
            return all + parts + numbered(at("response.output_item.done", index).set("item", item.whole()));
        }

        private static ObjectNode at(String type, int index) {
            return json().put("type", type).put("output_index", index);
        }

        private static ObjectNode within(Item item, int index) {
            var event = at("", index).put("item_id", item.id());
            return item.partType().isEmpty() ? event : event.put("content_index", 0);
        }

        private String event(String type, Map<String, ObjectNode> fields) {
            var event = json().put("type", type);
            fields.forEach(event::set);
            return numbered(event);
        }

        private String numbered(ObjectNode event) {
            event.put("sequence_number", number);
            number++;
            return Dialect.typed(event);
        }
    }

    @Override
    public boolean alwaysStatesUsage() {
        return true;
    }

    @Override
    public Object error(String message) {
        return UpstreamSimulator.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return Dialect.typed(json().put("type", "error")
                .put("code", "server_error")
                .put("message", message)
                .putNull("param")
                .put("sequence_number", 0));
    }
}
