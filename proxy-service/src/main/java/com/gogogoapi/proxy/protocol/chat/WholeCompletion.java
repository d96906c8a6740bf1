package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.Served;
import tools.jackson.databind.json.JsonMapper;

/** A completion in one piece. */
final class WholeCompletion {

    private WholeCompletion() {}

    /** @throws tools.jackson.core.JacksonException if it is not whole */
    static Served served(byte[] answer) {
        // Blank lines before it, with which a waiting upstream keeps the connection alive, are white space to JSON.
        var completion = JsonMapper.shared().readTree(answer);
        var text = new DeliveredText();
        completion.path("choices").forEach(choice -> GeneratedText.of(choice.path("message"), text));
        return new Served(completion.path("id").asString(null), UpstreamUsage.of(completion.path("usage")), text);
    }
}
