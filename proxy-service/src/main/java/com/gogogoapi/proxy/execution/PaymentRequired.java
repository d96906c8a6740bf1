package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.CreditRefused;
import tools.jackson.databind.JsonNode;

/** The 402 of a request that can cost more than the account's credit: how much is missing, and what would be affordable. */
final class PaymentRequired {

    private PaymentRequired() {}

    static ApiError of(CreditRefused refused, JsonNode quote) {
        var balance = refused.balance();
        var error = ApiError.insufficientCredits("This request can cost up to $" + refused.requiredUsd() + "; $"
                        + balance.availableUsd() + " of credit is available.")
                .withDetail("required_usd", refused.requiredUsd())
                .withDetail("available_usd", balance.availableUsd())
                .withDetail("held_usd", balance.heldUsd())
                .withDetail("affordable_max_tokens", Affordable.tokens(balance.availableUsd(), quote));
        var merelyHeld = !balance.availableUsd().plus(balance.heldUsd()).isLessThan(refused.requiredUsd());
        return merelyHeld
                ? error.withDetail("reason", "held_by_requests_in_flight").withHeader("Retry-After", "1")
                : error;
    }
}
