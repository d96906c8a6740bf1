package com.gogogoapi.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How one protocol asks and answers, as DeepSeek speaks it. What is generated, and which faults there are, is the same for all. */
interface Dialect {

    /** What a request is, apart from its form. */
    Asked asked(JsonNode request);

    /** The answer in one piece. */
    ObjectNode whole(Generated generated, boolean withUsage);

    /** The answer as events. */
    Events events(Generated generated, Usage usage);

    /** Whether its streams state a usage though nobody asks for it. */
    default boolean alwaysStatesUsage() {
        return false;
    }

    /** The body of an answer that is an error. */
    Object error(String message);

    /** An error in the middle of a stream: one event. */
    String errorEvent(String message);

    /** Where a stream states its usage. */
    enum Usage {
        NONE,
        /** With the reason to finish. */
        FINISH,
        /** After it, where the protocol has a place for it there. */
        TRAILING
    }

    /** An event of JSON that has a type. */
    static String typed(JsonNode event) {
        return "event: " + event.path("type").asString() + "\n" + untyped(event);
    }

    static String untyped(JsonNode event) {
        return "data: " + JsonMapper.shared().writeValueAsString(event) + "\n\n";
    }

    static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
