package com.gogogoapi.proxy.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.quote.QuoteId;
import com.gogogoapi.contracts.quote.RequestFields;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The quote that a request wants executed, in its header or its body. Which quote it is, is read here only to know where
 * the ledger's answer will come; whether it is genuine, the quote-service says.
 *
 * @param id as it was presented
 */
record PresentedQuote(String id, UUID quote) {

    static final String HEADER = "X-Quote-Id";

    /** @throws ApiError 400 if header and body name different quotes; 422 if it is none of ours at first sight */
    static Optional<PresentedQuote> of(@Nullable String header, byte[] body) {
        var inBody = inBody(body);
        if (header != null && inBody.isPresent() && !header.equals(inBody.get())) {
            throw ApiError.invalidRequest(RequestFields.QUOTE_ID, QuoteId.MUST_BE_ONE);
        }
        return Optional.ofNullable(header).or(() -> inBody).map(id -> new PresentedQuote(id, quoteIn(id)));
    }

    /** Most bodies have nothing like it and are not looked at twice. What is wrong with one is said where it is quoted. */
    private static Optional<String> inBody(byte[] body) {
        if (!new String(body, ISO_8859_1).contains(RequestFields.QUOTE_ID)) {
            return Optional.empty();
        }
        try (var json = JsonMapper.shared().createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if (name.equals(RequestFields.QUOTE_ID)) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(json.getString()) : Optional.empty();
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The id that a quote's signed part states. */
    private static UUID quoteIn(String id) {
        var parts = id.length() > QuoteId.MAX_CHARS ? new String[0] : id.split("\\.", -1);
        if (parts.length != 3) {
            throw notOurs();
        }
        try {
            var claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
            return UUID.fromString(claims.path("quote").asString(""));
        } catch (IllegalArgumentException | JacksonException e) {
            throw notOurs();
        }
    }

    private static ApiError notOurs() {
        return ApiError.conflict("quote_mismatch", RequestFields.QUOTE_ID, QuoteId.MUST_BE_OURS)
                .withDetail("reason", "altered");
    }
}
