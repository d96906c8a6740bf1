package com.gogogoapi.proxy.protocol.responses.translated;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.quote.RequestFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for a response, as far as it can be said in chat's words: what else it has is refused by name. Whether what it has
 * is in order is the quote-service's to say, which comes next.
 */
final class ResponseBody {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER_CHARS = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What is translated, or says nothing that an upstream would have to know. */
    private static final Set<String> FIELDS = new HashSet<>(List.of(
            "model",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "temperature",
            "top_p",
            "text",
            "reasoning",
            "stream",
            "stream_options",
            "metadata",
            "user",
            "user_id",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "client_metadata"));

    static {
        FIELDS.addAll(RequestFields.OURS);
        FIELDS.addAll(RequestFields.RESPONSE_LIMIT);
    }

    private ResponseBody() {}

    /** @throws ApiError 400 for what chat has no words for */
    static JsonNode read(byte[] json) {
        var body = parsed(json);
        for (var field : body.properties()) {
            var value = field.getValue();
            var isTranslated =
                    value.isNull() || FIELDS.contains(field.getKey()) || changesNothing(field.getKey(), value);
            require(isTranslated, field.getKey());
        }
        requireOnly(body.path("text"), "text", Set.of("format", "verbosity"));
        var verbosity = body.path("text").path("verbosity");
        require(isAbsent(verbosity) || verbosity.asString("").equals("medium"), "text.verbosity");
        requireOnly(body.path("reasoning"), "reasoning", Set.of("effort", "summary", "generate_summary", "context"));
        return body;
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(
                    null, "The body must be valid JSON: " + ApiError.printable(e.getOriginalMessage()));
        }
    }

    /** What of other fields is what chat does anyway. */
    private static boolean changesNothing(String name, JsonNode value) {
        return switch (name) {
            // What is to be kept or run elsewhere the quote-service refuses in its own words.
            case "store", "background", "previous_response_id", "conversation", "prompt" -> true;
            case "truncation" -> value.asString("").equals("disabled");
            case "service_tier" -> Set.of("auto", "default").contains(value.asString(""));
            // Reasoning comes as text, of which nothing is encrypted.
            case "include" ->
                value.isArray()
                        && value.valueStream().allMatch(one -> one.asString("").equals("reasoning.encrypted_content"));
            default -> false;
        };
    }

    private static void requireOnly(JsonNode object, String at, Set<String> names) {
        for (var field : object.properties()) {
            require(field.getValue().isNull() || names.contains(field.getKey()), at + "." + field.getKey());
        }
    }

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** @throws ApiError 400 that names what cannot be said */
    static void require(boolean canBeSaid, String name) {
        if (!canBeSaid) {
            throw refused(name, "left out");
        }
    }

    /** @param must what it must be */
    static ApiError refused(String name, String must) {
        var shown = ApiError.printable(name);
        return ApiError.invalidRequest(
                shown,
                shown + " must be " + must
                        + ": this model's upstream speaks chat completions, and there is no word for it there.");
    }
}
