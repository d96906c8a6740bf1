package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads requests strictly where their price depends on it, and leaves alone whatever else is in them: that is between the
 * client and the upstream. What is particular to a protocol is its {@link RequestFormat}'s.
 */
public final class Requests {

    private static final int MAX_DEPTH = 100;

    /** A value of any kind takes memory beside its bytes; the largest conversations have a tenth of this. */
    private static final long MAX_VALUES = 1_000_000;

    private static final int MAX_NUMBER_CHARS = 100;

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

    private Requests() {}

    /**
     * A request of one protocol.
     *
     * @throws ApiError 400 that names what is wrong
     */
    public static PricedRequest read(RequestProtocol protocol, byte[] json) {
        requireNarrow(json);
        try {
            return read(protocol, RequestFormat.of(protocol), json);
        } catch (StreamConstraintsException e) {
            throw ApiError.invalidRequest(
                    null,
                    "The body must have at most " + MAX_DEPTH + " levels, at most " + MAX_VALUES
                            + " values, and no number of more than " + MAX_NUMBER_CHARS + " digits.");
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(
                    null, "The body must be valid JSON: " + ApiError.printable(e.getOriginalMessage()));
        }
    }

    private static PricedRequest read(RequestProtocol protocol, RequestFormat format, byte[] json) {
        if (json.length > UnpricedFields.MAX_BYTES) {
            try (var parser = LOOKING.createParser(json)) {
                UnpricedFields.check(parser, format.priced());
            }
        }
        var body = JSON.readTree(json);
        if (!body.isObject()) {
            throw ApiError.invalidRequest(null, "The body must be a JSON object.");
        }
        var model = body.path("model");
        if (!model.isString() || model.stringValue().isBlank()) {
            throw ApiError.invalidRequest("model", "model is a non-empty string.");
        }
        var images = new Images();
        var prompt = format.prompt(body, images);
        checkDelivery(body);
        UnicodeText.check(body);
        Checks.requireOne(body, "n");
        return new PricedRequest(
                protocol,
                model.stringValue(),
                body,
                prompt,
                images.first(),
                smallest(body, RequestFields.EXPECTED_COMPLETION),
                smallest(body, protocol.limitFields()),
                onInsufficientCredit(body.path(RequestFields.ON_INSUFFICIENT_CREDIT)),
                quoteId(body.path(RequestFields.QUOTE_ID)));
    }

    /** Of two or four bytes a character: the parser would read it, and the upstream might not. */
    private static void requireNarrow(byte[] json) {
        if (json.length > 1 && (json[0] == 0 || json[1] == 0 || (json[0] & 0xFE) == 0xFE)) {
            throw ApiError.invalidRequest(null, "The body must be UTF-8.");
        }
    }

    /**
     * In which protocol a body comes whose sender does not say, by the names of its fields; chat where they do not tell.
     */
    public static RequestProtocol protocolOf(byte[] json) {
        var names = names(json);
        if (names.contains("messages")) {
            return names.contains("system") || names.contains("stop_sequences")
                    ? RequestProtocol.MESSAGES
                    : RequestProtocol.CHAT;
        }
        if (names.contains("prompt")) {
            return RequestProtocol.COMPLETIONS;
        }
        return names.contains("input") || names.contains("instructions")
                ? RequestProtocol.RESPONSES
                : RequestProtocol.CHAT;
    }

    /** As far as it can be read; what is wrong with it is said by whoever reads it. */
    private static Set<String> names(byte[] json) {
        var names = new HashSet<String>();
        try (var parser = LOOKING.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    names.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return names;
        }
        return names;
    }

    /** It makes no difference to the price, but what cannot be delivered as it says is not to be held for. */
    private static void checkDelivery(JsonNode body) {
        Checks.requireBoolean(body.path("stream"), "stream");
        var options = body.path("stream_options");
        Checks.requireOptionalObject(options, "stream_options");
        Checks.requireBoolean(options.path("include_usage"), "stream_options.include_usage");
    }

    /**
     * A request of which a header says, too, what is to happen if the credit does not suffice.
     *
     * @param header null where it says nothing
     * @throws ApiError 400 if it says something else than the body, or nothing that is known
     */
    public static PricedRequest withHeader(PricedRequest request, @Nullable String header) {
        if (header == null) {
            return request;
        }
        var said = onInsufficientCredit(header, RequestFields.ON_INSUFFICIENT_CREDIT_HEADER);
        var isSaidByBody = !Checks.isAbsent(request.body().path(RequestFields.ON_INSUFFICIENT_CREDIT));
        if (isSaidByBody && said != request.onInsufficientCredit()) {
            throw ApiError.invalidRequest(
                    RequestFields.ON_INSUFFICIENT_CREDIT,
                    "The body and the header must say the same of on_insufficient_credit.");
        }
        return request.onInsufficientCredit(said);
    }

    private static OnInsufficientCredit onInsufficientCredit(JsonNode asked) {
        return Checks.isAbsent(asked)
                ? OnInsufficientCredit.REFUSE
                : onInsufficientCredit(asked.asString(""), RequestFields.ON_INSUFFICIENT_CREDIT);
    }

    private static OnInsufficientCredit onInsufficientCredit(String asked, String name) {
        return switch (asked) {
            case "refuse" -> OnInsufficientCredit.REFUSE;
            case "shrink" -> OnInsufficientCredit.SHRINK;
            default -> throw ApiError.invalidRequest(name, name + " must be \"refuse\" or \"shrink\".");
        };
    }

    private static Optional<String> quoteId(JsonNode quote) {
        if (Checks.isAbsent(quote)) {
            return Optional.empty();
        }
        if (!quote.isString() || quote.stringValue().isBlank()) {
            throw ApiError.invalidRequest(
                    RequestFields.QUOTE_ID, RequestFields.QUOTE_ID + " must be a non-empty string.");
        }
        return Optional.of(quote.stringValue());
    }

    private static OptionalLong smallest(JsonNode body, List<String> names) {
        var smallest = OptionalLong.empty();
        for (var name : names) {
            var count = Checks.count(body, name);
            if (count.isPresent() && (smallest.isEmpty() || count.getAsLong() < smallest.getAsLong())) {
                smallest = count;
            }
        }
        return smallest;
    }
}
