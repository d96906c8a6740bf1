package com.gogogoapi.contracts.quote;

import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What travels as HTTP headers beside a request that the quote-service is to have held for; the request's body is the
 * client's.
 *
 * @param requestId as which the ledger will know it
 * @param replyPartition the partition of {@code credit-decisions} on which the answer is awaited
 * @param attempt to execute a quote that was made before; null to quote first
 * @param requestedBy whose request it is; null where nobody says
 * @param limits what it is to be measured against
 */
public record ExecutionHeaders(
        AccountId account,
        UUID requestId,
        int replyPartition,
        @Nullable Attempt attempt,
        @Nullable RequestedBy requestedBy,
        Limits limits) {

    private static final String REQUEST = "gogogoapi-request";
    private static final String REPLY_PARTITION = "gogogoapi-reply-partition";
    private static final String QUOTE = "gogogoapi-quote";
    private static final String ATTEMPT = "gogogoapi-attempt";
    private static final String ATTEMPT_ID = "gogogoapi-attempt-id";
    private static final String REQUESTED_BY = "gogogoapi-requested-by";
    private static final String LIMITS = "gogogoapi-limits";

    public ExecutionHeaders {
        require(replyPartition >= 0, REPLY_PARTITION, "at least 0");
    }

    /**
     * An attempt to execute a quote.
     *
     * @param quoteId as it was presented
     * @param number the how-manieth, from 1 to {@link ExecutionIds#MAX_ATTEMPTS}
     * @param id tells it from the attempt that somebody else makes with the same quote; null if nobody asks
     */
    public record Attempt(
            String quoteId, int number, @Nullable UUID id) {

        public Attempt {
            require(quoteId.length() <= QuoteId.MAX_CHARS, QUOTE, "at most " + QuoteId.MAX_CHARS + " characters long");
            require(
                    number >= 1 && number <= ExecutionIds.MAX_ATTEMPTS,
                    ATTEMPT,
                    "from 1 to " + ExecutionIds.MAX_ATTEMPTS);
        }
    }

    /** By name, to be sent. */
    public Map<String, String> write() {
        var headers = new HashMap<String, String>();
        headers.put(ServiceHeaders.ACCOUNT, account.value());
        headers.put(REQUEST, requestId.toString());
        headers.put(REPLY_PARTITION, Integer.toString(replyPartition));
        if (attempt != null) {
            headers.put(QUOTE, attempt.quoteId());
            headers.put(ATTEMPT, Integer.toString(attempt.number()));
            if (attempt.id() != null) {
                headers.put(ATTEMPT_ID, attempt.id().toString());
            }
        }
        if (requestedBy != null) {
            headers.put(REQUESTED_BY, base64(requestedBy));
        }
        if (!limits.areNone()) {
            headers.put(LIMITS, base64(limits));
        }
        return headers;
    }

    /** Tags may have any letters, and a header may not. */
    private static String base64(Object json) {
        return Base64.getUrlEncoder().encodeToString(EventJson.mapper().writeValueAsBytes(json));
    }

    /**
     * @param headers gives the value of the header of a name, or null if there is none
     * @throws IllegalArgumentException that names a header and says what it must be
     */
    public static ExecutionHeaders read(Function<String, @Nullable String> headers) {
        var quoteId = headers.apply(QUOTE);
        return new ExecutionHeaders(
                parse(ServiceHeaders.ACCOUNT, headers, AccountId::new, "an account id"),
                parse(REQUEST, headers, UUID::fromString, "a UUID"),
                parse(REPLY_PARTITION, headers, Integer::valueOf, "a whole number"),
                quoteId == null ? null : attempt(quoteId, headers),
                headers.apply(REQUESTED_BY) == null
                        ? null
                        : parse(
                                REQUESTED_BY,
                                headers,
                                text -> read(text, RequestedBy.class),
                                "who asks, as Base64 of JSON"),
                headers.apply(LIMITS) == null
                        ? Limits.NONE
                        : parse(LIMITS, headers, text -> read(text, Limits.class), "limits, as Base64 of JSON"));
    }

    private static <T> T read(String base64, Class<T> type) {
        try {
            return EventJson.mapper().readValue(Base64.getUrlDecoder().decode(base64), type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Attempt attempt(String quoteId, Function<String, @Nullable String> headers) {
        return new Attempt(
                quoteId,
                headers.apply(ATTEMPT) == null ? 1 : parse(ATTEMPT, headers, Integer::valueOf, "a whole number"),
                headers.apply(ATTEMPT_ID) == null ? null : parse(ATTEMPT_ID, headers, UUID::fromString, "a UUID"));
    }

    private static <T> T parse(
            String name, Function<String, @Nullable String> headers, Function<String, T> form, String must) {
        var value = headers.apply(name);
        if (value == null) {
            throw new IllegalArgumentException("There must be a header " + name + ".");
        }
        try {
            return form.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The header " + name + " must be " + must + ".", e);
        }
    }

    private static void require(boolean met, String name, String must) {
        if (!met) {
            throw new IllegalArgumentException("The header " + name + " must be " + must + ".");
        }
    }
}
