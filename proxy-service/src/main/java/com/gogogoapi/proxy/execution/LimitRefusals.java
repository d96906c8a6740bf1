package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.RateExceeded;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What a client is told that would exceed a budget or a rate: which, how far it is used, and when there is more. */
final class LimitRefusals {

    private static final int FORBIDDEN = 403;
    private static final String CODE = "key_limit_exceeded";

    private LimitRefusals() {}

    static ApiError of(CreditRefused refused, BudgetExceeded exceeded, JsonNode quote) {
        var budget = exceeded.budget();
        var scope = nameOf(budget.scope());
        var window = nameOf(budget.window());
        var error = ApiError.refused(
                        FORBIDDEN,
                        CODE,
                        null,
                        "This request can cost up to $" + refused.requiredUsd() + "; $" + exceeded.leftUsd()
                                + " of the " + scope + "'s " + window + " budget of $" + budget.limitUsd()
                                + " is left.")
                .withDetail("scope", scope)
                .withDetail("window", window)
                .withDetail("limit_usd", budget.limitUsd())
                .withDetail("spent_usd", exceeded.spentUsd())
                .withDetail("held_usd", exceeded.heldUsd())
                .withDetail("left_usd", exceeded.leftUsd())
                .withDetail("required_usd", refused.requiredUsd())
                .withDetail("affordable_max_tokens", Affordable.tokens(exceeded.leftUsd(), quote));
        return exceeded.resetsAt()
                .map(resets -> error.withDetail("resets_at", resets.toString()))
                .orElse(error);
    }

    /** The account counts no more keys and members, and this request has a budget for one more. */
    static ApiError tooManyScopes() {
        return ApiError.refused(
                FORBIDDEN,
                CODE,
                null,
                "The account's keys and members with budgets must be fewer: no more of them can be counted.");
    }

    static ApiError of(RateExceeded exceeded) {
        var rate = exceeded.rate();
        var scope = nameOf(rate.scope());
        var measure = nameOf(exceeded.measure());
        var limit =
                switch (exceeded.measure()) {
                    case REQUESTS -> rate.requestsPerMinute();
                    case TOKENS -> rate.tokensPerMinute();
                };
        if (exceeded.retryAt() == null) {
            return ApiError.refused(
                            429,
                            "rate_limit_exceeded",
                            null,
                            "A request must be of at most " + limit + " tokens, prompt and completion together: the "
                                    + scope + "'s limit a minute.")
                    .withShouldRetry(false);
        }
        var wait = Duration.between(exceeded.decidedAt(), exceeded.retryAt());
        return ApiError.rateLimited(
                        "The " + scope + " has a limit of " + limit + " " + measure + " a minute, of which "
                                + exceeded.used() + " are used; try again in " + ceilSeconds(wait) + " s.",
                        Duration.ofSeconds(ceilSeconds(wait)))
                .withDetail("scope", scope)
                .withDetail("measure", measure)
                .withDetail("limit", Objects.requireNonNull(limit, "limit"))
                .withDetail("used", exceeded.used())
                .withDetail("resets_at", exceeded.retryAt().toString());
    }

    private static long ceilSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static String nameOf(BudgetScope scope) {
        return nameOf(scope.kind());
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
