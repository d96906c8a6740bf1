package com.gogogoapi.simulator;

import com.gogogoapi.quote.prompt.PromptCounter;
import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is generated for a request: the same text for the same request, of single-token words, cut off at its limit.
 */
final class Completion {

    private static final String[] WORDS = {
        " the", " of", " and", " to", " in", " is", " that", " for", " it", " as", " with", " on", " be", " at", " by",
    };

    private final String id;
    private final String model;
    private final List<String> pieces;
    private final boolean cutOff;
    private final ObjectNode usage;

    private Completion(String id, String model, List<String> pieces, boolean cutOff, ObjectNode usage) {
        this.id = id;
        this.model = model;
        this.pieces = pieces;
        this.cutOff = cutOff;
        this.usage = usage;
    }

    static Completion of(String id, JsonNode request, Behaviour behaviour) {
        var limit = request.path("max_tokens").asLong(Long.MAX_VALUE);
        var count = behaviour.nothing() ? 0 : (int) Math.min(Math.min(behaviour.tokens(), limit), 400_000);
        var random = new Random(request.path("messages").toString().hashCode());
        var pieces = new ArrayList<String>(count);
        for (var i = 0; i < count; i++) {
            pieces.add(WORDS[random.nextInt(WORDS.length)]);
        }
        var completionTokens = Tokenizer.deepSeek().count(String.join("", pieces));
        var promptTokens = PromptCounter.deepSeek().promptTokens(request) + behaviour.extraPromptTokens();
        var cached = Math.min(behaviour.cachedPromptTokens(), promptTokens);
        var usage = JsonMapper.shared().createObjectNode();
        usage.put("prompt_tokens", promptTokens);
        usage.put("completion_tokens", completionTokens);
        usage.put("total_tokens", promptTokens + completionTokens);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        usage.put("prompt_cache_hit_tokens", cached);
        usage.put("prompt_cache_miss_tokens", promptTokens - cached);
        return new Completion(id, request.path("model").asString(""), pieces, behaviour.tokens() > limit, usage);
    }

    List<String> pieces() {
        return pieces;
    }

    long completionTokens() {
        return usage.path("completion_tokens").asLong();
    }

    private String finishReason() {
        return cutOff ? "length" : "stop";
    }

    /** The answer in one piece. */
    ObjectNode whole(boolean withUsage) {
        var answer = head("chat.completion");
        var choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", String.join("", pieces));
        choice.put("finish_reason", finishReason());
        if (withUsage) {
            answer.set("usage", usage);
        }
        return answer;
    }

    ObjectNode roleChunk() {
        return chunk(Map.of("role", "assistant", "content", ""), false);
    }

    ObjectNode pieceChunk(String piece) {
        return chunk(Map.of("content", piece), false);
    }

    ObjectNode finishChunk(boolean withUsage) {
        var chunk = chunk(Map.of("content", ""), true);
        if (withUsage) {
            chunk.set("usage", usage);
        }
        return chunk;
    }

    ObjectNode usageChunk() {
        var chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", usage);
        return chunk;
    }

    private ObjectNode chunk(Map<String, String> delta, boolean last) {
        var chunk = head("chat.completion.chunk");
        var choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        var shown = choice.putObject("delta");
        delta.forEach(shown::put);
        if (last) {
            choice.put("finish_reason", finishReason());
        } else {
            choice.putNull("finish_reason");
        }
        return chunk;
    }

    private ObjectNode head(String object) {
        var head = JsonMapper.shared().createObjectNode();
        head.put("id", id);
        head.put("object", object);
        head.put("created", System.currentTimeMillis() / 1000);
        head.put("model", model);
        head.put("system_fingerprint", "fp_simulator");
        return head;
    }
}
