package com.gogogoapi.contracts.quote;

import java.util.List;
import java.util.Set;

/**
 * The fields of a request's body that the quote-service understands, beyond the prompt. Those of {@link #OURS} mean
 * something here alone: the upstream does not get them, and a quote made with one of them can be executed without it.
 */
public final class RequestFields {

    /** The quote that the request executes. */
    public static final String QUOTE_ID = "quote_id";

    /** What is to happen if the credit does not suffice for the whole limit. */
    public static final String ON_INSUFFICIENT_CREDIT = "on_insufficient_credit";

    /** The same as a header, for clients that send no fields of others'. */
    public static final String ON_INSUFFICIENT_CREDIT_HEADER = "X-On-Insufficient-Credit";

    /** The one name of the completion limit that the upstream knows, but for Responses. */
    public static final String MAX_TOKENS = "max_tokens";

    /** The same for Responses. */
    public static final String MAX_OUTPUT_TOKENS = "max_output_tokens";

    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String MAX_COMPLETION_TOKENS_CAMEL = "maxCompletionTokens";

    /** All names of the completion limit, but for Responses; of several the smallest counts. */
    public static final List<String> COMPLETION_LIMIT =
            List.of(MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_COMPLETION_TOKENS_CAMEL);

    /** The same for Responses. */
    public static final List<String> RESPONSE_LIMIT =
            List.of(MAX_OUTPUT_TOKENS, MAX_COMPLETION_TOKENS, MAX_COMPLETION_TOKENS_CAMEL);

    /** The name by which a refusal calls the completion that the caller expects. */
    public static final String EXPECTED_COMPLETION_TOKENS = "expectedCompletionTokens";

    private static final String EXPECTED_COMPLETION_TOKENS_SNAKE = "expected_completion_tokens";

    /** All names of the completion that the caller expects; of several the smallest counts. */
    public static final List<String> EXPECTED_COMPLETION =
            List.of(EXPECTED_COMPLETION_TOKENS, EXPECTED_COMPLETION_TOKENS_SNAKE);

    public static final Set<String> OURS = Set.of(
            QUOTE_ID,
            ON_INSUFFICIENT_CREDIT,
            MAX_COMPLETION_TOKENS,
            MAX_COMPLETION_TOKENS_CAMEL,
            EXPECTED_COMPLETION_TOKENS,
            EXPECTED_COMPLETION_TOKENS_SNAKE);

    private RequestFields() {}
}
