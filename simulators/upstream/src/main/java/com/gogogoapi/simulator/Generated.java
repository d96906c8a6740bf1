package com.gogogoapi.simulator;

import com.gogogoapi.quote.prompt.PromptCounter;
import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is generated for a request: the same for the same request, of single-token words, cut off at its limit; the call of a
 * tool or a JSON text where that is wanted, each as its schema asks for.
 *
 * @param text what is said
 * @param tool the function that is called; empty for none
 * @param arguments of that call, a JSON object
 * @param cutOff whether the limit ended it
 * @param cached of the prompt's tokens, those that came from the cache
 */
record Generated(
        String id,
        String model,
        List<String> reasoning,
        List<String> text,
        String tool,
        List<String> arguments,
        boolean cutOff,
        long promptTokens,
        long cached,
        String echoed) {

    private static final String[] WORDS = {
        " the", " of", " and", " to", " in", " is", " that", " for", " it", " as", " with", " on", " be", " at", " by",
    };

    private static final int MOST_TOKENS = 400_000;

    /** About as long as a token. */
    private static final int PIECE_CHARS = 4;

    static Generated of(String id, String model, Asked asked, Behaviour behaviour) {
        var random = new Random(asked.said().toString().hashCode());
        var limit = asked.maxTokens() == null ? MOST_TOKENS : asked.maxTokens();
        var reasoning = words(random, Math.min(behaviour.reasoning(), limit));
        var left = limit - reasoning.size();
        var function = asked.called(behaviour.tool());
        List<String> text = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        var wanted = behaviour.nothing() ? 0 : behaviour.tokens();
        if (function.isObject()) {
            arguments = pieces(
                    behaviour.arguments().isEmpty()
                            ? SchemaExample.of(function.path("parameters")).toString()
                            : behaviour.arguments());
            wanted = arguments.size();
            arguments = arguments.subList(0, (int) Math.min(wanted, left));
        } else if (asked.schema().isObject()) {
            text = pieces(SchemaExample.of(asked.schema()).toString());
            wanted = text.size();
            text = text.subList(0, (int) Math.min(wanted, left));
        } else if (!behaviour.say().isEmpty()) {
            text = pieces(behaviour.say());
            wanted = text.size();
            text = text.subList(0, (int) Math.min(wanted, left));
        } else {
            text = words(random, Math.min(wanted, left));
        }
        var promptTokens = promptTokens(asked.prompt()) + behaviour.extraPromptTokens();
        return new Generated(
                id,
                model,
                reasoning,
                text,
                function.path("name").asString(""),
                arguments,
                wanted > left || behaviour.reasoning() > limit,
                promptTokens,
                Math.min(behaviour.cachedPromptTokens(), promptTokens),
                asked.echoed());
    }

    /** An image has some number of tokens up to the most, always the same. */
    private static long promptTokens(JsonNode prompt) {
        var fewer = PromptCounter.images(prompt.path("messages"))
                .mapToLong(image -> Math.floorMod(image.toString().hashCode(), PromptCounter.MOST_TOKENS_OF_AN_IMAGE))
                .sum();
        return PromptCounter.deepSeek().promptTokens(prompt) - fewer;
    }

    private static List<String> words(Random random, long count) {
        var words = new ArrayList<String>();
        for (var i = 0; i < Math.min(count, MOST_TOKENS); i++) {
            words.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return words;
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (var from = 0; from < text.length(); from += PIECE_CHARS) {
            pieces.add(text.substring(from, Math.min(text.length(), from + PIECE_CHARS)));
        }
        return pieces;
    }

    boolean callsATool() {
        return !tool.isEmpty();
    }

    String toolCallId() {
        return "call_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    String allReasoning() {
        return String.join("", reasoning);
    }

    String allText() {
        return echoed + String.join("", text);
    }

    String allArguments() {
        return String.join("", arguments);
    }

    long reasoningTokens() {
        return reasoning.size();
    }

    long completionTokens() {
        return reasoning.size()
                + Tokenizer.deepSeek().count(String.join("", text))
                + Tokenizer.deepSeek().count(tool)
                + Tokenizer.deepSeek().count(allArguments());
    }

    /** How many pieces it is sent in. */
    long size() {
        return (long) reasoning.size() + text.size() + arguments.size();
    }

    /** In chat's words, which completions have, too. */
    JsonNode usage() {
        var usage = JsonMapper.shared().createObjectNode();
        usage.put("prompt_tokens", promptTokens);
        usage.put("completion_tokens", completionTokens());
        usage.put("total_tokens", promptTokens + completionTokens());
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoningTokens());
        usage.put("prompt_cache_hit_tokens", cached);
        usage.put("prompt_cache_miss_tokens", promptTokens - cached);
        return usage;
    }
}
