package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.quote.RequestFields;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What a client is told that gets no hold. */
final class HoldRefusals {

    private HoldRefusals() {}

    static ApiError of(CreditRefused refused, JsonNode quote) {
        return switch (refused.reason()) {
            case INSUFFICIENT_CREDIT -> PaymentRequired.of(refused, quote);
            case TOO_MANY_OPEN_HOLDS ->
                ApiError.rateLimited("Too many requests of this account are in flight.", Duration.ofSeconds(1));
            case QUOTE_EXPIRED ->
                ApiError.unavailable("ledger_unavailable", "The ledger was too slow; nothing was charged.")
                        .withShouldRetry(true);
            case BUDGET_EXCEEDED -> LimitRefusals.of(refused, Objects.requireNonNull(refused.budget()), quote);
            case TOO_MANY_SCOPES -> LimitRefusals.tooManyScopes();
            case TOO_MANY_EXPIRING_GRANTS, NOT_TRANSFERABLE ->
                throw new IllegalStateException("A hold must not be refused as a grant: " + refused);
        };
    }

    static ApiError of(RateExceeded tooSoon) {
        return LimitRefusals.of(tooSoon);
    }

    static ApiError notDecided() {
        return ApiError.unavailable("ledger_unavailable", "The ledger did not decide in time; nothing was charged.")
                .withShouldRetry(true);
    }

    static ApiError usedUp() {
        return ApiError.conflict(
                        "quote_expired",
                        RequestFields.QUOTE_ID,
                        "A quote must be executed only once: this one has been, or is being executed.")
                .withDetail("reason", "used");
    }

    /** Of what the ledger must never answer. */
    static IllegalStateException noAnswer(LedgerEvent event) {
        return new IllegalStateException("A hold must be answered by a reservation or a refusal, not by " + event);
    }
}
