package com.gogogoapi.proxy.chunks;

import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.JsonAnswer;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.execution.Served;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** A completion in one piece. */
public final class ChunkAnswer {

    private ChunkAnswer() {}

    /**
     * @param generated adds what a choice has of generated text
     * @throws NotAnAnswer if it is broken, an error, or has no choices
     */
    public static Served served(byte[] answer, BiConsumer<JsonNode, DeliveredText> generated) throws NotAnAnswer {
        var completion = JsonAnswer.read(answer);
        var usage = ChunkUsage.in(completion.path("usage"));
        JsonAnswer.requireNoError(completion, usage.isPresent());
        var choices = completion.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            throw new NotAnAnswer("The upstream's answer is no completion.", false);
        }
        var text = new DeliveredText();
        choices.forEach(choice -> generated.accept(choice, text));
        return Served.of(completion.path("id").asString(null), usage, text);
    }
}
