package com.gogogoapi.proxy.protocol.responses;

import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.JsonAnswer;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Served;

/** A response in one piece. */
final class ResponsesAnswer {

    private ResponsesAnswer() {}

    /** @throws NotAnAnswer if it is broken, an error, failed, or has no output, which may be empty */
    static Served served(byte[] answer) throws NotAnAnswer {
        var response = JsonAnswer.read(answer);
        var usage = ResponsesUsage.in(response.path("usage"));
        JsonAnswer.requireNoError(response, usage.isPresent());
        if (response.path("status").asString("").equals("failed")) {
            throw new NotAnAnswer("The upstream answered that the response failed.", usage.isEmpty());
        }
        if (!response.path("output").isArray()) {
            throw new NotAnAnswer("The upstream's answer is no response.", false);
        }
        var text = new DeliveredText();
        response.path("output").forEach(item -> ResponsesText.ofItem(item, text));
        return Served.of(response.path("id").asString(null), usage, text);
    }
}
