package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.ledger.CreditReserved;
import tools.jackson.databind.JsonNode;

/**
 * A request whose credit is held.
 *
 * @param quote the quote it executes
 */
record HeldRequest(CreditReserved reserved, JsonNode quote) {

    String quoteId() {
        return quote.path("quote_id").asString("");
    }

    /** The prompt's tokens as counted; what is held for them can be a little more. */
    long promptTokens() {
        return quote.path("prompt_tokens").asLong(reserved.promptTokens());
    }

    /** The completion limit that was quoted; where it was to shrink, less may be held for. */
    long quotedLimit() {
        return quote.path("max_completion_tokens").asLong(reserved.maxCompletionTokens());
    }
}
