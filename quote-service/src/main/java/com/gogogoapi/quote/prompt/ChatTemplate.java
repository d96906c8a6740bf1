package com.gogogoapi.quote.prompt;

import com.gogogoapi.quote.prompt.Turns.AssistantTurn;
import com.gogogoapi.quote.prompt.Turns.DeveloperTurn;
import com.gogogoapi.quote.prompt.Turns.SystemTurn;
import com.gogogoapi.quote.prompt.Turns.Turn;
import com.gogogoapi.quote.prompt.Turns.UserTurn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Renders a chat request as DeepSeek V4's published encoder does ({@code encoding_dsv4.py} of the model's release).
 *
 * <pre>
 * BEGIN [effort] system [tools] [schema] USER text ASSISTANT THINK [reasoning THINK] answer [calls] END USER … ASSISTANT THINK
 * </pre>
 *
 * <p>Names in capitals are special tokens, one each; whether a thinking tag opens or closes makes no difference to a count.
 * What tools and schemas are introduced with is DeepSeek's text and always the same, so it is here as its number of tokens.
 *
 * <p>Two things are rendered that the encoder can leave out, so that an upstream that does not is never undercounted: a
 * developer's text from before the last user's, and the schema of a {@code response_format} that is merely an object.
 */
final class ChatTemplate {

    /** From after the heading to before the first tool: how to call tools. */
    static final long TOOLS_INTRODUCTION_TOKENS = 200;

    /** After the last tool, up to but not including the full stop. */
    static final long TOOLS_RULE_TOKENS = 17;

    /** The instruction that the greatest reasoning effort begins with, up to but not including the full stop. */
    static final long GREATEST_EFFORT_TOKENS = 78;

    private static final int MAX_DEPTH = 100;

    private static final JsonMapper ARGUMENTS = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Segments prompt;
    private final boolean thinking;
    private final JsonNode request;

    private ChatTemplate(JsonNode request, Segments prompt) {
        this.request = request;
        this.prompt = prompt;
        this.thinking = !"disabled".equals(request.path("thinking").path("type").asString(""));
    }

    static void render(JsonNode request, Segments prompt) {
        new ChatTemplate(request, prompt).render();
    }

    private void render() {
        prompt.special();
        if (thinking && "max".equals(request.path("reasoning_effort").asString(""))) {
            prompt.counted(GREATEST_EFFORT_TOKENS);
            prompt.text(".\n\n");
        }
        var turns = Turns.of(request.path("messages"));
        var toolsAt = firstSystem(turns);
        if (toolsAt < 0) {
            structure();
        }
        var lastUser = lastUser(turns);
        var keepsReasoning = !tools().isEmpty();
        for (var i = 0; i < turns.size(); i++) {
            var next = i + 1 < turns.size() ? turns.get(i + 1) : null;
            switch (turns.get(i)) {
                case SystemTurn(var text) -> {
                    prompt.text(text);
                    if (i == toolsAt) {
                        structure();
                    }
                }
                case UserTurn user -> asked(user.text(), next);
                case DeveloperTurn(var text) -> asked(text, next);
                case AssistantTurn answer -> answered(answer, thinking && (keepsReasoning || i > lastUser));
            }
        }
    }

    private static int firstSystem(List<Turn> turns) {
        for (var i = 0; i < turns.size(); i++) {
            if (turns.get(i) instanceof SystemTurn) {
                return i;
            }
        }
        return -1;
    }

    private static int lastUser(List<Turn> turns) {
        for (var i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i) instanceof UserTurn || turns.get(i) instanceof DeveloperTurn) {
                return i;
            }
        }
        return -1;
    }

    private void asked(String text, @Nullable Turn next) {
        prompt.special();
        prompt.text(text);
        if (next == null || next instanceof AssistantTurn) {
            prompt.special();
            prompt.special();
        }
    }

    private void answered(AssistantTurn answer, boolean withReasoning) {
        if (withReasoning) {
            prompt.text(answer.reasoning());
            prompt.special();
        }
        prompt.text(answer.text());
        calls(answer.toolCalls());
        if (!answer.open()) {
            prompt.special();
        }
    }

    private void calls(JsonNode calls) {
        if (calls.isEmpty()) {
            return;
        }
        prompt.text("\n\n<");
        tag("tool_calls>\n");
        for (var call : calls) {
            prompt.text("<");
            tag("invoke name=\"" + call.path("function").path("name").asString("") + "\">\n");
            var separator = "";
            for (var argument :
                    arguments(call.path("function").path("arguments")).properties()) {
                var value = argument.getValue();
                prompt.text(separator + "<");
                tag("parameter name=\"" + argument.getKey() + "\" string=\"" + value.isString() + "\">");
                prompt.text(value.isString() ? value.stringValue() : TemplateJson.of(value));
                prompt.text("</");
                tag("parameter>");
                separator = "\n";
            }
            prompt.text("\n</");
            tag("invoke>\n");
        }
        prompt.text("</");
        tag("tool_calls>");
    }

    /** The markup's own token, with the rest of its tag. */
    private void tag(String rest) {
        prompt.special();
        prompt.text(rest);
    }

    /** What is not the JSON of an object is one argument as it stands. */
    private static JsonNode arguments(JsonNode arguments) {
        var text = arguments.isString() ? arguments.stringValue() : arguments.toString();
        try {
            var parsed = ARGUMENTS.readTree(text);
            if (parsed.isObject()) {
                return parsed;
            }
        } catch (JacksonException e) {
            // A model can write broken arguments, and its client sends them back as they were.
            return JsonNodeFactory.instance.objectNode().put("arguments", text);
        }
        return JsonNodeFactory.instance.objectNode().put("arguments", text);
    }

    private JsonNode tools() {
        return request.path("tools").isEmpty() ? request.path("functions") : request.path("tools");
    }

    /** Tools, then the form of the answer. */
    private void structure() {
        var tools = tools();
        if (!tools.isEmpty()) {
            prompt.text("\n\n## Tools");
            prompt.counted(TOOLS_INTRODUCTION_TOKENS);
            var separator = "\n\n";
            for (var tool : tools) {
                prompt.text(separator);
                prompt.text(TemplateJson.of(tool.path("function").isObject() ? tool.path("function") : tool));
                separator = "\n";
            }
            prompt.text("\n\n");
            prompt.counted(TOOLS_RULE_TOKENS);
            prompt.text(".\n");
        }
        var format = request.path("response_format");
        if (format.isObject() && !"text".equals(format.path("type").asString(""))) {
            prompt.text("\n\n## Response Format:\n\nYou MUST strictly adhere to the following schema to reply:\n"
                    + TemplateJson.of(format));
        }
    }
}
