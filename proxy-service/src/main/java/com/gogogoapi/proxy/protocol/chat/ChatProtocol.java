package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.rates.RateLimitDialect;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** OpenAI's chat completions, as DeepSeek has them. */
final class ChatProtocol implements Protocol {

    static final String STREAM_OPTIONS = "stream_options";
    private static final String STREAM = "stream";

    private static final Set<String> FIELDS = fields();

    private static Set<String> fields() {
        var fields = new HashSet<>(UpstreamBody.REPLACED);
        fields.add(STREAM);
        fields.add(STREAM_OPTIONS);
        return Set.copyOf(fields);
    }

    /** @throws ApiError 400 for a {@code stream} that is no boolean, or options that are no object */
    @Override
    public ChatRequest read(RequestBody body) {
        var json = body.bytes();
        var fields = BodyFields.in(json, FIELDS);
        var stream = fields.value(json, STREAM);
        if (!isAbsent(stream) && !stream.isBoolean()) {
            throw ApiError.invalidRequest(STREAM, "stream must be true or false.");
        }
        var options = fields.value(json, STREAM_OPTIONS);
        if (!isAbsent(options) && !options.isObject()) {
            throw ApiError.invalidRequest(STREAM_OPTIONS, "stream_options must be an object.");
        }
        return new ChatRequest(
                body,
                fields,
                fields.value(json, UpstreamBody.MODEL).asString(""),
                stream.asBoolean(false),
                options,
                Optional.of(fields.value(json, RequestFields.QUOTE_ID))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue));
    }

    @Override
    public RateLimitDialect rateLimits() {
        return RateLimitDialect.OPENAI;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
