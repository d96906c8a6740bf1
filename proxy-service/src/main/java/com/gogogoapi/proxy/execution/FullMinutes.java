package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.RateExceeded.Measure;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.rates.KnownRates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Refuses at once what the ledger would refuse as too soon, in the words in which it would be refused then: before its body is
 * read, and without a record for the ledger.
 */
@Component
class FullMinutes {

    private final KnownRates known;
    private final Clock clock;
    private final Counter refused;

    FullMinutes(KnownRates known, Clock clock, MeterRegistry meters) {
        this.known = known;
        this.clock = clock;
        this.refused = Counter.builder("gogogoapi.proxy.rates.refused")
                .description("Requests refused without asking the ledger, of keys whose minute is known to be full")
                .register(meters);
    }

    /** @throws com.gogogoapi.chassis.errors.ApiError 429 if a rate of the caller leaves no room now */
    void requireNone(Caller caller, UUID requestId) {
        var full = known.full(caller.policy().rates());
        if (full.isPresent()) {
            refused.increment();
            var now = clock.instant();
            throw LimitRefusals.of(new RateExceeded(
                    caller.account(),
                    requestId,
                    full.get().rate(),
                    Measure.REQUESTS,
                    full.get().used(),
                    now.plus(full.get().opensIn()),
                    now,
                    null));
        }
    }
}
