package com.gogogoapi.proxy.protocol.responses.translated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a response puts out, item by item, made of what chat's answer says: of reasoning, text and refusals the item that is
 * open, of each call one of its own. Every change is an event, which a stream sends and a whole answer throws away.
 *
 * <pre>
 * output_item.added ─▶ content_part.added ─▶ …delta ─▶ …done ─▶ content_part.done ─▶ output_item.done
 * </pre>
 */
final class Output {

    private final String id;
    private final List<OutputItem> items = new ArrayList<>();
    private final Map<Integer, OutputItem> calls = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private @Nullable OutputItem open;

    /** @param id by which its items are called, each after its place */
    Output(String id) {
        this.id = id;
    }

    /** A message of chat's, whole or as it goes on. */
    void said(JsonNode message) {
        var reasoning = message.path("reasoning_content");
        piece(OutputItem.Kind.REASONING, reasoning.isString() ? reasoning : message.path("reasoning"));
        content(message.path("content"));
        piece(OutputItem.Kind.REFUSAL, message.path("refusal"));
        var index = 0;
        for (var call : message.path("tool_calls")) {
            call(call.path("index").asInt(index), call);
            index++;
        }
    }

    private void content(JsonNode content) {
        if (content.isArray()) {
            content.forEach(part -> piece(OutputItem.Kind.TEXT, part.path("text")));
        } else {
            piece(OutputItem.Kind.TEXT, content);
        }
    }

    private void piece(OutputItem.Kind kind, JsonNode said) {
        if (!said.isString() || said.stringValue().isEmpty()) {
            return;
        }
        var item = open;
        if (item == null || item.kind() != kind) {
            closeOpen("completed");
            item = begun(kind);
            open = item;
        }
        events.addAll(item.said(said.stringValue()));
    }

    /** Several may go on in turns, so that none is over before the answer is. */
    private void call(int index, JsonNode call) {
        var item = calls.get(index);
        if (item == null) {
            closeOpen("completed");
            item = begun(OutputItem.Kind.CALL);
            calls.put(index, item);
        }
        var function = call.path("function");
        item.named(call.path("id").asString(""), function.path("name").asString(""));
        events.addAll(item.said(function.path("arguments").asString("")));
    }

    private OutputItem begun(OutputItem.Kind kind) {
        var item = new OutputItem(kind, kind.idOf(id, items.size()), items.size());
        items.add(item);
        return item;
    }

    /** Nothing more is said. */
    void close(String finishReason) {
        var status =
                finishReason.equals("length") || finishReason.equals("content_filter") ? "incomplete" : "completed";
        closeOpen(status);
        calls.values().forEach(item -> events.addAll(item.done(status)));
        calls.clear();
    }

    private void closeOpen(String status) {
        if (open != null) {
            events.addAll(open.done(status));
            open = null;
        }
    }

    /** What happened since they were last asked for. */
    List<ObjectNode> takeEvents() {
        var taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** All of it, as far as it came. */
    ArrayNode items() {
        var array = JsonMapper.shared().createArrayNode();
        items.forEach(item -> array.add(item.whole()));
        return array;
    }
}
