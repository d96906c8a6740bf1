package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.idempotency.Attempt;
import com.gogogoapi.proxy.keys.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins holds: of what a request can cost at most, by a quote made for it now or by the one that it presents. */
@Component
class Holds {

    private final Quoting quoting;
    private final QuoteExecution quoteExecution;
    private final Settlement settlement;
    private final Timer decisionTime;

    Holds(Quoting quoting, QuoteExecution quoteExecution, Settlement settlement, MeterRegistry meters) {
        this.quoting = quoting;
        this.quoteExecution = quoteExecution;
        this.settlement = settlement;
        this.decisionTime = Timer.builder("gogogoapi.proxy.hold")
                .description("From a request's body to its hold: quoting and deciding")
                .publishPercentileHistogram()
                .register(meters);
    }

    /**
     * What a client asks.
     *
     * @param body as it came
     * @param onInsufficientCredit what its header says is to happen then; null where it says nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Asked(
            RequestProtocol protocol, byte[] body, @Nullable String onInsufficientCredit) {

        private static final Set<String> WISHES = Set.of("refuse", "shrink");

        /** @throws ApiError 400 for a wish that is not known */
        Asked {
            if (onInsufficientCredit != null && !WISHES.contains(onInsufficientCredit)) {
                var name = RequestFields.ON_INSUFFICIENT_CREDIT_HEADER;
                throw ApiError.invalidRequest(name, name + " must be \"refuse\" or \"shrink\".");
            }
        }
    }

    /**
     * Holds what the request can cost at most.
     *
     * @throws ApiError 402 if the credit does not suffice; 422 if the quote it presents is not
     *     to be executed; 503 if the ledger does not decide in time
     */
    HeldRequest begin(Caller caller, Attempt attempt, Asked asked, Optional<PresentedQuote> presented) {
        var started = System.nanoTime();
        try {
            var held = presented.isPresent()
                    ? quoteExecution.begin(caller, attempt.requestId(), asked, presented.get())
                    : quoteAndHold(caller, attempt, asked);
            return held.by(attempt);
        } finally {
            decisionTime.record(Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private HeldRequest quoteAndHold(Caller caller, Attempt attempt, Asked asked) {
        var quoted = quoting.quote(caller, attempt.requestId(), asked);
        if (quoted.decision().isEmpty()) {
            if (!attempt.isRepeatable()) {
                settlement.giveUp(caller.account(), attempt.requestId());
            } // else whoever asks again is answered with the hold that may still come
            throw HoldRefusals.notDecided();
        }
        return switch (quoted.decision().get()) {
            case CreditReserved reserved -> new HeldRequest(reserved, quoted.quote());
            case CreditRefused refused -> throw HoldRefusals.of(refused, quoted.quote());
            case RateExceeded tooSoon -> throw HoldRefusals.of(tooSoon);
            case LedgerEvent other -> throw HoldRefusals.noAnswer(other);
        };
    }
}
