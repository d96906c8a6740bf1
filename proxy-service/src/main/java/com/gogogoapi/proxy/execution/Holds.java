package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.quote.ExecutionIds;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Begins holds. */
@Component
class Holds {

    private final InstallationServices services;
    private final Ledger ledger;
    private final ProxyProperties properties;
    private final Settlement settlement;
    private final Timer decisionTime;

    Holds(
            InstallationServices services,
            Ledger ledger,
            ProxyProperties properties,
            Settlement settlement,
            MeterRegistry meters) {
        this.services = services;
        this.ledger = ledger;
        this.properties = properties;
        this.settlement = settlement;
        this.decisionTime = Timer.builder("gogogoapi.proxy.hold")
                .description("From a request's body to its hold: quoting and deciding")
                .publishPercentileHistogram()
                .register(meters);
    }

    /**
     * Quotes the request, or takes the quote it presents, and holds what it can cost at most.
     *
     * @throws ApiError 402 if the credit does not suffice; 422 if the quote it presents is not to be executed; 503 if the
     *     ledger does not decide in time
     */
    HeldRequest begin(AccountId account, UUID requestId, byte[] body, Optional<PresentedQuote> presented) {
        var started = System.nanoTime();
        try {
            return presented.isPresent()
                    ? execute(account, requestId, body, presented.get())
                    : quoteAndHold(account, requestId, body);
        } finally {
            decisionTime.record(Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private HeldRequest quoteAndHold(AccountId account, UUID requestId, byte[] body) {
        var asked = ask(account, requestId, body, Map.of());
        if (asked.decision().isEmpty()) {
            settlement.giveUp(account, requestId);
            throw tooSlow();
        }
        return switch (asked.decision().get()) {
            case CreditReserved reserved -> new HeldRequest(reserved, asked.quote());
            case CreditRefused refused -> throw refusal(refused, asked.quote());
            case LedgerEvent other -> throw new IllegalStateException("a hold was answered with " + other);
        };
    }

    /**
     * A quote is executed once. Its request in the ledger is named after it, so whoever comes second is shown the hold of
     * who came first; only if that ended without a charge, or was refused, is it tried under the next name.
     */
    private HeldRequest execute(AccountId account, UUID attemptId, byte[] body, PresentedQuote presented) {
        for (var attempt = 1; attempt <= ExecutionIds.MAX_ATTEMPTS; attempt++) {
            var requestId = ExecutionIds.of(presented.quote(), attempt);
            var asked = ask(
                    account,
                    requestId,
                    body,
                    Map.of(
                            "gogogoapi-quote", presented.id(),
                            "gogogoapi-attempt", Integer.toString(attempt),
                            "gogogoapi-attempt-id", attemptId.toString()));
            if (asked.decision().isEmpty()) {
                // Another may have got the hold meanwhile: if it is ours and comes after all, it expires.
                throw tooSlow();
            }
            switch (asked.decision().get()) {
                case CreditReserved reserved -> {
                    if (attemptId.equals(reserved.attemptId())) {
                        return new HeldRequest(reserved, asked.quote());
                    }
                    if (!endedFree(account, requestId)) {
                        throw usedUp();
                    }
                }
                case CreditRefused refused -> {
                    if (attemptId.equals(refused.attemptId())) {
                        throw refusal(refused, asked.quote());
                    }
                }
                case LedgerEvent other -> throw new IllegalStateException("a hold was answered with " + other);
            }
        }
        throw usedUp();
    }

    /** An expired hold can still be charged, should its completion surface. */
    private boolean endedFree(AccountId account, UUID requestId) {
        return ledger.knownEnd(account, requestId)
                .map(end -> end instanceof CreditReleased released && isFinal(released.outcome()))
                .orElse(false);
    }

    private static boolean isFinal(Outcome release) {
        return switch (release) {
            case HOLD_EXPIRED -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY -> true;
            case UPSTREAM_FAILED, TIMED_OUT, NOTHING_SERVED, CLIENT_LEFT_EARLY -> true;
        };
    }

    private static ApiError usedUp() {
        return ApiError.conflict(
                        "quote_expired",
                        "quote_id",
                        "This quote has been executed, or is being executed; a quote is executed once.")
                .withDetail("reason", "used");
    }

    private static ApiError tooSlow() {
        return ApiError.unavailable("ledger_unavailable", "The ledger did not decide in time; nothing was charged.")
                .withShouldRetry(true);
    }

    /** A quote sent to the ledger, and what it decided, if it did in time. */
    private record Asked(JsonNode quote, Optional<LedgerEvent> decision) {}

    private Asked ask(AccountId account, UUID requestId, byte[] body, Map<String, String> ofAQuote) {
        var quote = new AtomicReference<@Nullable JsonNode>();
        var decision = ledger.ask(account, requestId, properties.decisionTimeout(), partition -> {
            var headers = new HashMap<>(ofAQuote);
            headers.put("gogogoapi-account", account.value());
            headers.put("gogogoapi-request", requestId.toString());
            headers.put("gogogoapi-reply-partition", Integer.toString(partition));
            var answer = services.post(Service.QUOTE, "/internal/quotes/execute", headers, body);
            quote.set(JsonMapper.shared().readTree(answer.body()));
        });
        var quoted = quote.get();
        if (quoted == null) {
            throw new IllegalStateException("a decision without a quote");
        }
        return new Asked(quoted, decision);
    }

    private ApiError refusal(CreditRefused refused, JsonNode quote) {
        var balance = refused.balance();
        return switch (refused.reason()) {
            case QUOTE_EXPIRED ->
                ApiError.unavailable("ledger_unavailable", "The ledger was too slow; nothing was charged.")
                        .withShouldRetry(true);
            case TOO_MANY_EXPIRING_GRANTS -> throw new IllegalStateException("a hold refused as a grant: " + refused);
            case TOO_MANY_OPEN_HOLDS ->
                ApiError.rateLimited("Too many requests of this account are in flight.", Duration.ofSeconds(1));
            case INSUFFICIENT_CREDIT -> {
                var error = ApiError.insufficientCredits("This request can cost up to $" + refused.requiredUsd() + "; $"
                                + balance.availableUsd() + " of credit is available.")
                        .withDetail("required_usd", refused.requiredUsd())
                        .withDetail("available_usd", balance.availableUsd())
                        .withDetail("held_usd", balance.heldUsd())
                        .withDetail("affordable_max_tokens", affordableTokens(refused, quote));
                var merelyHeld = !balance.availableUsd().plus(balance.heldUsd()).isLessThan(refused.requiredUsd());
                yield merelyHeld
                        ? error.withDetail("reason", "held_by_requests_in_flight")
                                .withHeader("Retry-After", "1")
                        : error;
            }
        };
    }

    /** The completion limit with which the same prompt would have been held. */
    private static long affordableTokens(CreditRefused refused, JsonNode quote) {
        var price = quote.path("price");
        var prompt = UsdPerMillion.parse(price.path("input_usd_per_million").asString(""))
                .costOf(quote.path("max_prompt_tokens").asLong());
        var rest = refused.balance().availableUsd().minus(prompt);
        return rest.isNegative()
                ? 0
                : UsdPerMillion.parse(price.path("output_usd_per_million").asString(""))
                        .tokensAffordableWith(
                                rest, quote.path("max_completion_tokens").asLong());
    }
}
