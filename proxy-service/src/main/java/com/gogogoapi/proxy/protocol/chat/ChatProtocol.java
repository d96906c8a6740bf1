package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.execution.Protocol;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions, as DeepSeek has them. */
final class ChatProtocol implements Protocol {

    /** Numbers keep all their digits. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    /** @throws ApiError 400 for a {@code stream} that is no boolean, or options that are no object */
    @Override
    public ChatRequest read(byte[] json) {
        if (!(JSON.readTree(json) instanceof ObjectNode body)) {
            throw ApiError.invalidRequest(null, "The body must be a JSON object.");
        }
        var stream = body.path("stream");
        if (!isAbsent(stream) && !stream.isBoolean()) {
            throw ApiError.invalidRequest("stream", "stream must be true or false.");
        }
        var options = body.path("stream_options");
        if (!isAbsent(options) && !options.isObject()) {
            throw ApiError.invalidRequest("stream_options", "stream_options must be an object.");
        }
        return new ChatRequest(
                body, stream.asBoolean(false), options.path("include_usage").asBoolean(false));
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
