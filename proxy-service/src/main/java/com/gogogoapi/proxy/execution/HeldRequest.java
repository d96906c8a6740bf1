package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.idempotency.Attempt;
import com.gogogoapi.proxy.outcome.Ending;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request whose credit is held.
 *
 * @param quote the quote it executes
 * @param attempt as which it is executed; null where nobody wants to know
 */
record HeldRequest(
        CreditReserved reserved, JsonNode quote, @Nullable Attempt attempt) {

    HeldRequest(CreditReserved reserved, JsonNode quote) {
        this(reserved, quote, null);
    }

    HeldRequest by(Attempt who) {
        return new HeldRequest(reserved, quote, who);
    }

    /** Whether it may be ended here. */
    boolean isOurs() {
        return attempt == null || attempt.ownsHold();
    }

    void ended(Outcome outcome, Ending ending) {
        if (attempt != null) {
            attempt.ended(outcome, ending == Ending.IN_ORDER);
        }
    }

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
