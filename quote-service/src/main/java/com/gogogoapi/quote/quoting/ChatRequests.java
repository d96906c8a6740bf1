package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.quote.RequestFields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads chat requests strictly where their price depends on it, and leaves alone whatever else is in them: that is
 * between the client and the upstream.
 */
final class ChatRequests {

    /** More is no conversation, and every message costs time. */
    static final int MAX_MESSAGES = 10_000;

    /** Far more than a model can choose from. */
    static final int MAX_TOOLS = 1_000;

    private static final int MAX_DEPTH = 100;

    /** A value of any kind takes memory beside its bytes; the largest conversations have a tenth of this. */
    private static final long MAX_VALUES = 1_000_000;

    private static final int MAX_NUMBER_CHARS = 100;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_NUMBER_CHARS)
            .maxTokenCount(MAX_VALUES)
            .build();

    private static final JsonMapper LOOKING = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(CONSTRAINTS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ChatRequests() {}

    /**
     * A chat request, or a completion of a {@code prompt}.
     *
     * @throws ApiError 400 that names what is wrong
     */
    static ChatRequest read(byte[] json) {
        var body = parse(json);
        if (body.has("prompt") && !body.has("messages")) {
            checkPrompt(body);
        } else {
            checkMessages(body.path("messages"));
        }
        return checked(body);
    }

    /**
     * A chat request and nothing else.
     *
     * @throws ApiError 400 that names what is wrong
     */
    static ChatRequest readChat(byte[] json) {
        var body = parse(json);
        checkMessages(body.path("messages"));
        return checked(body);
    }

    private static JsonNode parse(byte[] json) {
        if (isWide(json)) {
            throw ApiError.invalidRequest(null, "The body must be UTF-8.");
        }
        JsonNode body;
        try {
            if (json.length > UnpricedFields.MAX_BYTES) {
                checkUnpriced(json);
            }
            body = JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw ApiError.invalidRequest(
                    null,
                    "The body must have at most " + MAX_DEPTH + " levels, at most " + MAX_VALUES
                            + " values, and no number of more than " + MAX_NUMBER_CHARS + " digits.");
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(
                    null, "The body must be valid JSON: " + ApiError.printable(e.getOriginalMessage()));
        }
        if (!body.isObject()) {
            throw ApiError.invalidRequest(null, "The body must be a JSON object.");
        }
        var model = body.path("model");
        if (!model.isString() || model.stringValue().isBlank()) {
            throw ApiError.invalidRequest("model", "model is a non-empty string.");
        }
        return body;
    }

    private static void checkUnpriced(byte[] json) {
        try (var parser = LOOKING.createParser(json)) {
            UnpricedFields.check(parser);
        }
    }

    /** Of two or four bytes a character: the parser would read it, and the upstream might not. */
    private static boolean isWide(byte[] json) {
        return json.length > 1 && (json[0] == 0 || json[1] == 0 || (json[0] & 0xFE) == 0xFE);
    }

    private static ChatRequest checked(JsonNode body) {
        checkTools(body, "tools");
        checkTools(body, "functions");
        if (!isAbsent(body.path("response_format"))
                && !body.path("response_format").isObject()) {
            throw ApiError.invalidRequest("response_format", "response_format must be an object.");
        }
        checkDelivery(body);
        UnicodeText.check(body);
        if (count(body, "n").orElse(1) != 1) {
            throw ApiError.invalidRequest("n", "n must be 1: one request, one completion.");
        }
        return new ChatRequest(
                body.path("model").stringValue(),
                body,
                smallest(body, RequestFields.EXPECTED_COMPLETION),
                smallest(body, RequestFields.COMPLETION_LIMIT),
                onInsufficientCredit(body.path(RequestFields.ON_INSUFFICIENT_CREDIT)),
                quoteId(body.path(RequestFields.QUOTE_ID)));
    }

    /** It makes no difference to the price, but what cannot be delivered as it says is not to be held for. */
    private static void checkDelivery(JsonNode body) {
        requireBoolean(body.path("stream"), "stream");
        var options = body.path("stream_options");
        if (!isAbsent(options) && !options.isObject()) {
            throw ApiError.invalidRequest("stream_options", "stream_options must be an object.");
        }
        requireBoolean(options.path("include_usage"), "stream_options.include_usage");
    }

    private static void requireBoolean(JsonNode value, String name) {
        if (!isAbsent(value) && !value.isBoolean()) {
            throw ApiError.invalidRequest(name, name + " must be true or false.");
        }
    }

    private static void checkPrompt(JsonNode body) {
        if (!body.path("prompt").isString()) {
            throw ApiError.invalidRequest("prompt", "prompt must be a string.");
        }
        if (!isAbsent(body.path("suffix")) && !body.path("suffix").isString()) {
            throw ApiError.invalidRequest("suffix", "suffix must be a string.");
        }
    }

    private static void checkTools(JsonNode body, String name) {
        var tools = body.path(name);
        if (isAbsent(tools)) {
            return;
        }
        if (!tools.isArray() || tools.size() > MAX_TOOLS) {
            throw ApiError.invalidRequest(name, name + " must be an array of at most " + MAX_TOOLS + " entries.");
        }
        for (var tool : tools) {
            if (!tool.isObject()) {
                throw ApiError.invalidRequest(name, "Every entry of " + name + " must be an object.");
            }
        }
    }

    private static OnInsufficientCredit onInsufficientCredit(JsonNode asked) {
        if (isAbsent(asked)) {
            return OnInsufficientCredit.REFUSE;
        }
        return switch (asked.asString("")) {
            case "refuse" -> OnInsufficientCredit.REFUSE;
            case "shrink" -> OnInsufficientCredit.SHRINK;
            default ->
                throw ApiError.invalidRequest(
                        RequestFields.ON_INSUFFICIENT_CREDIT,
                        RequestFields.ON_INSUFFICIENT_CREDIT + " must be \"refuse\" or \"shrink\".");
        };
    }

    private static Optional<String> quoteId(JsonNode quote) {
        if (isAbsent(quote)) {
            return Optional.empty();
        }
        if (!quote.isString() || quote.stringValue().isBlank()) {
            throw ApiError.invalidRequest(
                    RequestFields.QUOTE_ID, RequestFields.QUOTE_ID + " must be a non-empty string.");
        }
        return Optional.of(quote.stringValue());
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void checkMessages(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw ApiError.invalidRequest("messages", "messages must be a non-empty array.");
        }
        if (messages.size() > MAX_MESSAGES) {
            throw ApiError.invalidRequest("messages", "messages must have at most " + MAX_MESSAGES + " entries.");
        }
        for (var i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            var at = "messages[" + i + "]";
            if (!message.isObject()) {
                throw ApiError.invalidRequest(at, at + " must be an object.");
            }
            var role = message.path("role");
            if (!role.isString() || !ROLES.contains(role.stringValue())) {
                throw ApiError.invalidRequest(at + ".role", at + ".role must be one of system, user, assistant, tool.");
            }
            checkContent(message, at);
            checkCalls(message.path("tool_calls"), at);
        }
    }

    private static void checkCalls(JsonNode calls, String at) {
        if (isAbsent(calls)) {
            return;
        }
        if (!calls.isArray() || calls.size() > MAX_TOOLS) {
            throw ApiError.invalidRequest(
                    at + ".tool_calls", at + ".tool_calls must be an array of at most " + MAX_TOOLS + " entries.");
        }
        for (var call : calls) {
            if (!call.path("function").path("name").isString()) {
                throw ApiError.invalidRequest(
                        at + ".tool_calls", "Every entry of " + at + ".tool_calls must have a function.");
            }
        }
    }

    private static void checkContent(JsonNode message, String at) {
        var content = message.path("content");
        if (content.isString()) {
            return;
        }
        if (content.isNull() || content.isMissingNode()) {
            var calls =
                    message.path("tool_calls").isEmpty() ? message.path("function_call") : message.path("tool_calls");
            if ("assistant".equals(message.path("role").stringValue()) && !calls.isEmpty()) {
                return;
            }
            throw ApiError.invalidRequest(at + ".content", at + ".content must be a string or an array of text parts.");
        }
        if (!content.isArray()) {
            throw ApiError.invalidRequest(at + ".content", at + ".content must be a string or an array of text parts.");
        }
        for (var part : content) {
            if (!part.isObject()
                    || !"text".equals(part.path("type").asString(""))
                    || !part.path("text").isString()) {
                throw ApiError.invalidRequest(at + ".content", "Every part of " + at + ".content must be text.");
            }
        }
    }

    private static OptionalLong smallest(JsonNode body, List<String> names) {
        var smallest = OptionalLong.empty();
        for (var name : names) {
            var count = count(body, name);
            if (count.isPresent() && (smallest.isEmpty() || count.getAsLong() < smallest.getAsLong())) {
                smallest = count;
            }
        }
        return smallest;
    }

    private static OptionalLong count(JsonNode body, String name) {
        var value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 1
                || value.longValue() > TokenUsage.MAX_TOKENS) {
            throw ApiError.invalidRequest(
                    name, name + " must be a whole number from 1 to " + TokenUsage.MAX_TOKENS + ".");
        }
        return OptionalLong.of(value.longValue());
    }
}
