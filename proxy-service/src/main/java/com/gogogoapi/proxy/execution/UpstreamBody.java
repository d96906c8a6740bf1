package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's request as the upstream gets it: the limit that was held for, usage always asked for, an id of ours in place
 * of a customer's, our own fields taken out, and everything else as it came.
 */
final class UpstreamBody {

    /** Numbers keep all their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final ObjectNode body;
    private final boolean stream;
    private final boolean usageAskedFor;

    private UpstreamBody(ObjectNode body, boolean stream, boolean usageAskedFor) {
        this.body = body;
        this.stream = stream;
        this.usageAskedFor = usageAskedFor;
    }

    /** @throws ApiError 400 for a {@code stream} that is no boolean, or options that are no object */
    static UpstreamBody of(byte[] json) {
        if (!(JSON.readTree(json) instanceof ObjectNode body)) {
            throw ApiError.invalidRequest(null, "The body is not a JSON object.");
        }
        var stream = body.path("stream");
        if (!isAbsent(stream) && !stream.isBoolean()) {
            throw ApiError.invalidRequest("stream", "stream is true or false.");
        }
        var options = body.path("stream_options");
        if (!isAbsent(options) && !options.isObject()) {
            throw ApiError.invalidRequest("stream_options", "stream_options is an object.");
        }
        return new UpstreamBody(
                body, stream.asBoolean(false), options.path("include_usage").asBoolean(false));
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    boolean isStream() {
        return stream;
    }

    /** Whether the client asked for the trailing usage chunk. */
    boolean isUsageAskedFor() {
        return usageAskedFor;
    }

    byte[] forUpstream(long maxTokens, AccountId account) {
        for (var ours : new String[] {
            "max_completion_tokens",
            "maxCompletionTokens",
            "expectedCompletionTokens",
            "expected_completion_tokens",
            "quote_id",
            "on_insufficient_credit",
            "user",
            "user_id"
        }) {
            body.remove(ours);
        }
        body.put("max_tokens", maxTokens);
        // Isolates the upstream's cache per account, and tells the upstream nothing about who it is.
        body.put(
                "user_id",
                TimeOrderedIds.named("upstream-user", account.value()).toString());
        if (stream) {
            var options =
                    body.path("stream_options") instanceof ObjectNode given ? given : body.putObject("stream_options");
            options.put("include_usage", true);
        }
        return JSON.writeValueAsBytes(body);
    }
}
