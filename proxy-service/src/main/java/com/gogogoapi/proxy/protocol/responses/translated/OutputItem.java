package com.gogogoapi.proxy.protocol.responses.translated;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One item of what a response puts out, as it grows. */
final class OutputItem {

    /** What it can be. */
    enum Kind {
        REASONING("rs_", "reasoning_text", "text"),
        TEXT("msg_", "output_text", "text"),
        REFUSAL("msg_", "refusal", "refusal"),
        CALL("fc_", "function_call_arguments", "arguments");

        private final String prefix;
        private final String said;
        private final String field;

        Kind(String prefix, String said, String field) {
            this.prefix = prefix;
            this.said = said;
            this.field = field;
        }

        String idOf(String response, int index) {
            return prefix + response + "_" + index;
        }
    }

    private final Kind kind;
    private final String id;
    private final int index;
    private final StringBuilder text = new StringBuilder();
    private String callId = "";
    private String name = "";
    private String status = "in_progress";
    private int told;
    private boolean begun;

    OutputItem(Kind kind, String id, int index) {
        this.kind = kind;
        this.id = id;
        this.index = index;
    }

    Kind kind() {
        return kind;
    }

    /** Of a call, as soon as it is known which it is. */
    void named(String callId, String name) {
        if (this.callId.isEmpty()) {
            this.callId = callId;
        }
        if (this.name.isEmpty()) {
            this.name = name;
        }
    }

    /** The events of a piece more; a call begins once it has a name. */
    List<ObjectNode> said(String piece) {
        text.append(piece);
        return kind == Kind.CALL && name.isEmpty() ? List.of() : told();
    }

    private List<ObjectNode> told() {
        var events = new ArrayList<ObjectNode>();
        if (!begun) {
            begun = true;
            events.add(at("response.output_item.added").set("item", item("")));
            if (hasParts()) {
                events.add(within("response.content_part.added").set("part", part("")));
            }
        }
        if (told < text.length()) {
            events.add(within("response." + kind.said + ".delta").put("delta", text.substring(told)));
            told = text.length();
        }
        return events;
    }

    /** The events with which it ends. */
    List<ObjectNode> done(String how) {
        var events = told();
        status = how;
        events.add(within("response." + kind.said + ".done").put(kind.field, text.toString()));
        if (hasParts()) {
            events.add(within("response.content_part.done").set("part", part(text.toString())));
        }
        events.add(at("response.output_item.done").set("item", whole()));
        return events;
    }

    ObjectNode whole() {
        return item(text.toString());
    }

    private boolean hasParts() {
        return kind != Kind.CALL;
    }

    private ObjectNode item(String all) {
        var item = JsonMapper.shared().createObjectNode().put("id", id);
        switch (kind) {
            case REASONING -> item.put("type", "reasoning").putArray("summary");
            case TEXT, REFUSAL -> item.put("type", "message").put("role", "assistant");
            case CALL ->
                item.put("type", "function_call")
                        .put("call_id", callId)
                        .put("name", name)
                        .put("arguments", all);
        }
        item.put("status", status);
        if (hasParts()) {
            var content = item.putArray("content");
            if (!all.isEmpty()) {
                content.add(part(all));
            }
        }
        return item;
    }

    private ObjectNode part(String all) {
        var part = JsonMapper.shared().createObjectNode().put("type", kind.said).put(kind.field, all);
        if (kind == Kind.TEXT) {
            part.putArray("annotations");
            part.putArray("logprobs");
        }
        return part;
    }

    private ObjectNode at(String type) {
        return JsonMapper.shared().createObjectNode().put("type", type).put("output_index", index);
    }

    private ObjectNode within(String type) {
        var event = at(type).put("item_id", id);
        if (hasParts()) {
            event.put("content_index", 0);
        }
        if (kind == Kind.TEXT && !type.startsWith("response.content_part")) {
            event.putArray("logprobs");
        }
        return kind == Kind.CALL && type.endsWith(".done") ? event.put("name", name) : event;
    }
}
