package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.quote.QuoteId;
import com.gogogoapi.contracts.quote.RequestFields;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The quote that a request wants executed, in its header or its body. Which quote it is, is read here only to know where
 * the ledger's answer will come; whether it is genuine, the quote-service says.
 *
 * @param id as it was presented
 */
record PresentedQuote(String id, UUID quote) {

    static final String HEADER = "X-Quote-Id";

    /** It goes on as a header: a line break in it would be the end of that. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    /** @throws ApiError 400 if header and body name different quotes; 422 if it is none of ours at first sight */
    static Optional<PresentedQuote> of(@Nullable String header, Optional<String> inBody) {
        if (header != null && inBody.isPresent() && !header.equals(inBody.get())) {
            throw ApiError.invalidRequest(RequestFields.QUOTE_ID, QuoteId.MUST_BE_ONE);
        }
        return Optional.ofNullable(header).or(() -> inBody).map(id -> new PresentedQuote(id, quoteIn(id)));
    }

    /** The id that a quote's signed part states. */
    private static UUID quoteIn(String id) {
        if (id.length() > QuoteId.MAX_CHARS || !FORM.matcher(id).matches()) {
            throw notOurs();
        }
        try {
            var claims = JsonMapper.shared()
                    .readTree(Base64.getUrlDecoder().decode(id.substring(id.indexOf('.') + 1, id.lastIndexOf('.'))));
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
