package com.gogogoapi.quote.quoting;

import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A request, checked as far as its price depends on it.
 *
 * @param body the whole of it
 * @param expectedCompletionTokens what the caller expects, if it said
 * @param completionLimit the smallest limit the caller set, if it set one
 * @param quoteId the quote that it executes, if it names one
 */
record ChatRequest(
        String model,
        JsonNode body,
        OptionalLong expectedCompletionTokens,
        OptionalLong completionLimit,
        OnInsufficientCredit onInsufficientCredit,
        Optional<String> quoteId) {}
