package com.gogogoapi.quote.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Thousands of random conversations, each written out as one text of the template's and counted whole by Hugging Face's own
 * tokenizer, special tokens included.
 */
class RandomConversationsTest {

    private static final String BEGIN = "<｜begin▁of▁sentence｜>";
    private static final String END = "<｜end▁of▁sentence｜>";
    private static final String USER = "<｜User｜>";
    private static final String ASSISTANT = "<｜Assistant｜>";
    private static final String ANY_SPECIAL = "<｜place▁holder▁no▁1｜>";

    private static final String[] ALPHABETS = {
        "abcdefghijklmnopqrstuvwxyz  .,",
        "\n\n .:!?-*#`",
        "的一是不了人我在有他这 。，\n",
        "0123456789 ",
        "éüñçабв🎉👍🏽\u00a0\t\r\n",
        "{}[]\"\\/:,<>|",
    };

    private static HuggingFaceTokenizer theirs;

    /** The vocabulary with the tokens that V4 has in places that V3 kept free. */
    @BeforeAll
    static void load() throws IOException {
        var file = Files.createTempFile("vocabulary", ".json");
        try (var json = Objects.requireNonNull(Tokenizer.class.getResourceAsStream("deepseek-v3.json"))) {
            var vocabulary = new String(json.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("<｜place▁holder▁no▁795｜>", "<think>")
                    .replace("<｜place▁holder▁no▁796｜>", "</think>")
                    .replace("<｜place▁holder▁no▁797｜>", "｜DSML｜");
            Files.writeString(file, vocabulary);
        }
        theirs = HuggingFaceTokenizer.newInstance(
                file, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        Files.delete(file);
    }

    @AfterAll
    static void close() {
        theirs.close();
    }

    private final Random random = new Random(20_261_124);

    private String text(int mostParts) {
        var text = new StringBuilder();
        for (var part = random.nextInt(mostParts + 1); part > 0; part--) {
            var alphabet =
                    ALPHABETS[random.nextInt(ALPHABETS.length)].codePoints().toArray();
            for (var length = random.nextInt(12); length > 0; length--) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /** A conversation under way: as a request, and as the text it is to become. */
    private final class Conversation {
        final ObjectNode request = JsonMapper.shared().createObjectNode();
        final ArrayNode messages = request.putArray("messages");
        final StringBuilder written = new StringBuilder(BEGIN);
        final boolean thinks = random.nextBoolean();

        void system() {
            var content = text(4);
            messages.addObject().put("role", "system").put("content", content);
            written.append(content);
        }

        void tools() {
            var schemas = new ArrayList<String>();
            var tools = request.putArray("tools");
            for (var i = random.nextInt(1, 4); i > 0; i--) {
                var description = text(3);
                var most = random.nextInt(100_000);
                var tool = tools.addObject().put("type", "function").putObject("function");
                tool.put("name", "tool_" + i).put("description", description);
                tool.putObject("parameters")
                        .put("most", most)
                        .putArray("of")
                        .add("a")
                        .add(true);
                schemas.add("{\"name\": \"tool_" + i + "\", \"description\": " + quoted(description)
                        + ", \"parameters\": {\"most\": " + most + ", \"of\": [\"a\", true]}}");
            }
            // The introduction and the rule are known by their number of tokens; only their ends matter here.
            written.append("\n\n## Tools")
                    .repeat(ANY_SPECIAL, (int) ChatTemplate.TOOLS_INTRODUCTION_TOKENS)
                    .append("\n\n")
                    .append(String.join("\n", schemas))
                    .append("\n\n")
                    .repeat(ANY_SPECIAL, (int) ChatTemplate.TOOLS_RULE_TOKENS)
                    .append(".\n");
        }

        void userAndAnswer(boolean last) {
            written.append(USER);
            var parts = new ArrayList<String>();
            for (var i = random.nextInt(1, 4); i > 0; i--) {
                var content = text(5);
                if (random.nextBoolean()) {
                    messages.addObject().put("role", "user").put("content", content);
                    parts.add(content);
                } else {
                    messages.addObject()
                            .put("role", "tool")
                            .put("tool_call_id", "x")
                            .put("content", content);
                    parts.add("<tool_result>" + content + "</tool_result>");
                }
            }
            written.append(String.join("\n\n", parts)).append(ASSISTANT);
            var keeps = thinks && request.has("tools");
            written.append(keeps || (thinks && last) ? "<think>" : "</think>");
            if (last) {
                return;
            }
            var answer = messages.addObject().put("role", "assistant");
            var reasoning = text(3);
            var content = text(4);
            answer.put("content", content).put("reasoning_content", reasoning);
            written.append(keeps ? reasoning + "</think>" : "").append(content);
            if (random.nextInt(3) == 0) {
                calls(answer.putArray("tool_calls"));
            }
            written.append(END);
        }

        private void calls(ArrayNode calls) {
            written.append("\n\n<｜DSML｜tool_calls>\n");
            for (var i = random.nextInt(1, 3); i > 0; i--) {
                var value = text(3);
                var arguments = JsonMapper.shared().createObjectNode();
                arguments.put("first", value).putArray("second").add(random.nextInt(1_000));
                calls.addObject()
                        .put("id", "x")
                        .putObject("function")
                        .put("name", "tool_" + i)
                        .put("arguments", arguments.toString());
                written.append("<｜DSML｜invoke name=\"tool_" + i + "\">\n")
                        .append("<｜DSML｜parameter name=\"first\" string=\"true\">" + value + "</｜DSML｜parameter>\n")
                        .append("<｜DSML｜parameter name=\"second\" string=\"false\">" + arguments.path("second")
                                + "</｜DSML｜parameter>\n")
                        .append("</｜DSML｜invoke>\n");
            }
            written.append("</｜DSML｜tool_calls>");
        }
    }

    @Test
    void areCountedAsTheTextTheyBecome() {
        var counter = PromptCounter.deepSeek();
        var withTools = 0;
        for (var round = 0; round < 3_000; round++) {
            var conversation = new Conversation();
            if (random.nextBoolean()) {
                conversation.system();
            }
            if (random.nextInt(4) == 0) {
                conversation.tools();
                withTools++;
            }
            for (var turns = random.nextInt(4); turns > 0; turns--) {
                conversation.userAndAnswer(false);
            }
            conversation.userAndAnswer(true);
            if (!conversation.thinks) {
                conversation.request.putObject("thinking").put("type", "disabled");
            }
            var text = conversation.written.toString();
            assertThat(counter.promptTokens(conversation.request))
                    .as(text)
                    .isEqualTo(theirs.encode(text, false, false).getIds().length);
        }
        assertThat(withTools).isGreaterThan(500);
    }

    @Test
    void fillInTheMiddleIsCountedAsTheTextItBecomes() {
        for (var round = 0; round < 500; round++) {
            var prefix = text(8);
            var suffix = text(8);
            var request =
                    JsonMapper.shared().createObjectNode().put("prompt", prefix).put("suffix", suffix);
            var text = BEGIN + "<｜fim▁begin｜>" + prefix + "<｜fim▁hole｜>" + suffix + "<｜fim▁end｜>";
            assertThat(PromptCounter.deepSeek().promptTokens(request))
                    .as(text)
                    .isEqualTo(theirs.encode(text, false, false).getIds().length);
        }
    }
}
