package com.gogogoapi.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Completions of a text, and of the gap in one. */
final class CompletionsDialect implements Dialect {

    @Override
    public Asked asked(JsonNode request) {
        var prompt = request.path("prompt").asString("");
        return new Asked(
                prompt,
                true,
                request,
                request.has("max_tokens") ? request.path("max_tokens").asLong() : null,
                request.path("user_id").asString(""),
                request.path("echo").asBoolean(false) ? prompt : "",
                "",
                MissingNode.getInstance(),
                MissingNode.getInstance());
    }

    @Override
    public ObjectNode whole(Generated generated, boolean withUsage) {
        var answer = chunk(generated, generated.allText(), finishReason(generated));
        if (withUsage) {
            answer.set("usage", generated.usage());
        }
        return answer;
    }

    @Override
    public Events events(Generated generated, Usage usage) {
        var events = new Events();
        if (!generated.echoed().isEmpty()) {
            events.beginning().add(Dialect.untyped(chunk(generated, generated.echoed(), null)));
        }
        generated.text().forEach(piece -> events.pieces().add(Dialect.untyped(chunk(generated, piece, null))));
        var finish = chunk(generated, "", finishReason(generated));
        if (usage == Usage.FINISH) {
            finish.set("usage", generated.usage());
        }
        events.ending().add(Dialect.untyped(finish));
        if (usage == Usage.TRAILING) {
            var trailing = head(generated);
            trailing.putArray("choices");
            trailing.set("usage", generated.usage());
            events.ending().add(Dialect.untyped(trailing));
        }
        events.ending().add("data: [DONE]\n\n");
        return events;
    }

    private static String finishReason(Generated generated) {
        return generated.cutOff() ? "length" : "stop";
    }

    private static ObjectNode chunk(Generated generated, String text, @Nullable String finishReason) {
        var chunk = head(generated);
        chunk.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("text", text)
                .put("finish_reason", finishReason)
                .putNull("logprobs");
        return chunk;
    }

    private static ObjectNode head(Generated generated) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", "cmpl-" + generated.id())
                .put("object", "text_completion")
                .put("created", Dialect.now())
                .put("model", generated.model());
    }

    @Override
    public Object error(String message) {
        return UpstreamSimulator.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return Dialect.untyped(JsonMapper.shared().valueToTree(error(message)));
    }
}
