package com.gogogoapi.proxy.execution;

import com.gogogoapi.proxy.upstream.UpstreamReason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer in one piece, which is JSON in every protocol. */
public final class JsonAnswer {

    private JsonAnswer() {}

    /** @throws NotAnAnswer if it is broken or cut off */
    public static JsonNode read(byte[] answer) throws NotAnAnswer {
        try {
            // Blank lines before it, with which a waiting upstream keeps the connection alive, are white space to JSON.
            return JsonMapper.shared().readTree(answer);
        } catch (JacksonException e) {
            throw new NotAnAnswer("The upstream's answer is not whole, or not JSON.", false);
        }
    }

    /**
     * @param statesUsage whether it says beside the error what was used, so that it may have been billed
     * @throws NotAnAnswer if it is an error
     */
    public static void requireNoError(JsonNode answer, boolean statesUsage) throws NotAnAnswer {
        if (UpstreamReason.isStatedBy(answer)) {
            throw new NotAnAnswer(UpstreamReason.of(answer).after("The upstream answered with an error"), !statesUsage);
        }
    }
}
