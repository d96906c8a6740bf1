package com.gogogoapi.quote.prompt;

import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many tokens a request's prompt has: the very tokens of the rendered template, not an estimate.
 *
 * <p>One thing is counted for more than it can be: a special token's name within a text, letter by letter.
 */
public final class PromptCounter {

    /** What tools, calls and schemas look like differs between releases of a model more than anything else. */
    private static final long STRUCTURE_MARGIN_DIVISOR = 8;

    private static final long STRUCTURE_MARGIN_TOKENS = 16;

    /**
     * What DeepSeek counts an image for at most, at the price of input; how much of it depends on its dimensions, which
     * nobody here looks at.
     */
    public static final long MOST_TOKENS_OF_AN_IMAGE = 384;

    private final Tokenizer tokenizer;

    private PromptCounter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public static PromptCounter deepSeek() {
        return new PromptCounter(Tokenizer.deepSeek());
    }

    /**
     * A prompt's tokens.
     *
     * @param tokens as the published template renders it
     * @param bound what is held for: plain text has no margin, tools and schemas have one
     */
    public record Count(long tokens, long bound) {}

    /**
     * @param request a chat request, images as {@code image_url} parts, whose {@code messages} are well-formed, or a completion's {@code prompt} with or
     *     without a {@code suffix}
     */
    public Count count(JsonNode request) {
        var tokens = promptTokens(request);
        return new Count(tokens, tokens + margin(request));
    }

    /** The tokens as the published template renders them, and of each image the most. */
    public long promptTokens(JsonNode request) {
        var prompt = new Segments(tokenizer);
        if (request.has("messages")) {
            ChatTemplate.render(request, prompt);
            prompt.counted(
                    MOST_TOKENS_OF_AN_IMAGE * images(request.path("messages")).count());
        } else {
            fillInTheMiddle(request, prompt);
        }
        return prompt.tokens();
    }

    /** A conversation's images, part by part. */
    public static Stream<JsonNode> images(JsonNode messages) {
        return messages.valueStream()
                .map(message -> message.path("content"))
                .filter(JsonNode::isArray)
                .flatMap(JsonNode::valueStream)
                .filter(PromptCounter::isImage);
    }

    static boolean isImage(JsonNode part) {
        return part.path("type").asString("").equals("image_url");
    }

    /** BEGIN [FIM-BEGIN] prompt [FIM-HOLE suffix FIM-END] */
    private static void fillInTheMiddle(JsonNode request, Segments prompt) {
        var middle = request.path("suffix").isString();
        prompt.special();
        if (middle) {
            prompt.special();
        }
        prompt.text(request.path("prompt").asString(""));
        if (middle) {
            prompt.special();
            prompt.text(request.path("suffix").stringValue());
            prompt.special();
        }
    }

    private long margin(JsonNode request) {
        if (!(request instanceof ObjectNode whole)) {
            return 0;
        }
        var structure = new Segments(tokenizer);
        for (var name : new String[] {"tools", "functions", "response_format"}) {
            var part = whole.path(name);
            if (!part.isEmpty()) {
                structure.text(TemplateJson.of(part));
                structure.counted(ChatTemplate.TOOLS_INTRODUCTION_TOKENS);
            }
        }
        for (var message : whole.path("messages")) {
            for (var name : new String[] {"tool_calls", "function_call"}) {
                if (!message.path(name).isEmpty()) {
                    structure.text(TemplateJson.of(message.path(name)));
                }
            }
        }
        var tokens = structure.tokens();
        return tokens == 0 ? 0 : STRUCTURE_MARGIN_TOKENS + tokens / STRUCTURE_MARGIN_DIVISOR;
    }
}
