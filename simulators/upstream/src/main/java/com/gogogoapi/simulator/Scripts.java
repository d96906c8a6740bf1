package com.gogogoapi.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Scripted answers by name, and of each the body of the request that asked for it last, byte for byte. */
final class Scripts {

    private static final int MAX_SCRIPTS = 1_000;

    /** A longer body is not kept. */
    private static final int MAX_KEPT_BYTES = 1024 * 1024;

    private final Map<String, ScriptedAnswer> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> asked = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if it cannot be read, or there are too many */
    void keep(String name, JsonNode json) {
        if (answers.size() >= MAX_SCRIPTS && !answers.containsKey(name)) {
            throw new IllegalArgumentException("There must be at most " + MAX_SCRIPTS + " scripted answers.");
        }
        answers.put(name, ScriptedAnswer.of(json));
        asked.remove(name);
    }

    /** The answer of that name, for a request with this body. */
    Optional<ScriptedAnswer> ask(String name, byte[] body) {
        var answer = Optional.ofNullable(answers.get(name));
        if (answer.isPresent() && body.length <= MAX_KEPT_BYTES) {
            asked.put(name, body);
        }
        return answer;
    }

    Optional<byte[]> asked(String name) {
        return Optional.ofNullable(asked.get(name));
    }

    void forget(String name) {
        answers.remove(name);
        asked.remove(name);
    }
}
