package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.upstream.UpstreamReason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A completion in one piece. */
final class WholeCompletion {

    private WholeCompletion() {}

    /** @throws NotAnAnswer if it is broken, an error, or has no choices */
    static Served served(byte[] answer) throws NotAnAnswer {
        var completion = read(answer);
        var usage = UpstreamUsage.of(completion.path("usage"));
        if (UpstreamReason.isStatedBy(completion)) {
            throw new NotAnAnswer(
                    UpstreamReason.of(completion).after("The upstream answered with an error"), usage.isEmpty());
        }
        var choices = completion.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            throw new NotAnAnswer("The upstream's answer is no completion.", false);
        }
        var text = new DeliveredText();
        choices.forEach(choice -> GeneratedText.of(choice.path("message"), text));
        return new Served(
                completion.path("id").asString(null),
                usage,
                UpstreamUsage.reasoningTokens(completion.path("usage")),
                text);
    }

    private static JsonNode read(byte[] answer) throws NotAnAnswer {
        try {
            // Blank lines before it, with which a waiting upstream keeps the connection alive, are white space to JSON.
            return JsonMapper.shared().readTree(answer);
        } catch (JacksonException e) {
            throw new NotAnAnswer("The upstream's answer is not whole, or not JSON.", false);
        }
    }
}
