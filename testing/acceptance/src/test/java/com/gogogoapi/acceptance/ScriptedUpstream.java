package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** What the simulator is to answer, byte by byte, and the message that asks for it. */
final class ScriptedUpstream {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "script-" + NUMBER.incrementAndGet();
    private final Map<String, Object> answer = new LinkedHashMap<>();
    private final List<Map<String, Object>> pieces = new ArrayList<>();

    private ScriptedUpstream(String contentType) {
        answer.put("headers", new LinkedHashMap<>(Map.of("Content-Type", contentType)));
        answer.put("pieces", pieces);
    }

    static ScriptedUpstream whole(String body) {
        return new ScriptedUpstream("application/json").then(body);
    }

    static ScriptedUpstream stream(String... events) {
        return new ScriptedUpstream("text/event-stream").then(String.join("", events));
    }

    static ScriptedUpstream of(String contentType, String body) {
        return new ScriptedUpstream(contentType).then(body);
    }

    ScriptedUpstream then(String text) {
        pieces.add(Map.of("text", text));
        return this;
    }

    ScriptedUpstream then(byte[] bytes) {
        pieces.add(Map.of("base64", Base64.getEncoder().encodeToString(bytes)));
        return this;
    }

    ScriptedUpstream after(long delayMillis, String text) {
        pieces.add(Map.of("text", text, "delay_ms", delayMillis));
        return this;
    }

    ScriptedUpstream withStatus(int status) {
        answer.put("status", status);
        return this;
    }

    ScriptedUpstream ending(String how) {
        answer.put("end", how);
        return this;
    }

    @SuppressWarnings("unchecked")
    ScriptedUpstream withHeader(String header, String value) {
        ((Map<String, String>) answer.get("headers")).put(header, value);
        return this;
    }

    /** Teaches it to the simulator and gives the marker with which a message asks for it. */
    String taughtTo(RunningSystem system) {
        var taught =
                system.simulator("PUT", "/scripts/" + name, JsonMapper.shared().writeValueAsString(answer));
        assertThat(taught.isObject() && taught.isEmpty()).as(taught.toString()).isTrue();
        return "[[sim: script=" + name + "]]";
    }

    /** The body of the request that asked for it last, byte for byte. */
    String asked(RunningSystem system) {
        return system.simulatorText("GET", "/scripts/" + name, "");
    }

    /** Of those that there can be at once, this is none any more. */
    void forgottenBy(RunningSystem system) {
        assertThat(system.simulator("DELETE", "/scripts/" + name).isObject()).isTrue();
    }
}
