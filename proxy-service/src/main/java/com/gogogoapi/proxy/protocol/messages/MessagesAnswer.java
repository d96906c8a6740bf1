package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.JsonAnswer;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Served;
import tools.jackson.databind.node.MissingNode;

/** A message in one piece. */
final class MessagesAnswer {

    private MessagesAnswer() {}

    /** @throws NotAnAnswer if it is broken, an error, or has no content, which may be empty */
    static Served served(byte[] answer) throws NotAnAnswer {
        var message = JsonAnswer.read(answer);
        var usage = MessagesUsage.in(message.path("usage"), MissingNode.getInstance());
        JsonAnswer.requireNoError(message, usage.isPresent());
        if (!message.path("content").isArray()) {
            throw new NotAnAnswer("The upstream's answer is no message.", false);
        }
        var text = new DeliveredText();
        message.path("content").forEach(block -> MessagesText.ofBlock(block, text));
        return Served.of(message.path("id").asString(null), usage, text);
    }
}
