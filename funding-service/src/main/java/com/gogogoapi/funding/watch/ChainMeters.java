package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.treasury.ReconciledToken;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is measured of each chain. */
@Component
class ChainMeters {

    ChainMeters(Chains chains, ChainStatuses statuses, MeterRegistry meters) {
        for (var chain : chains.all()) {
            var id = chain.id().text();
            gauge(meters, id, "behind", "Final blocks that are still to be read", () -> statuses.of(id)
                    .map(ChainStatus::behind)
                    .orElse(null));
            gauge(meters, id, "alarms", "Reasons why somebody should look at the chain", () -> statuses.of(id)
                    .map(status -> status.alarms().size())
                    .orElse(null));
            gauge(
                    meters,
                    id,
                    "unreconciled",
                    "Tokens that our addresses hold more or less of than they have to",
                    () -> statuses.of(id)
                            .map(status -> status.reconciled().stream()
                                    .filter(ReconciledToken::differs)
                                    .count())
                            .orElse(null));
        }
    }

    private static void gauge(
            MeterRegistry meters, String chain, String name, String description, Supplier<@Nullable Number> value) {
        Gauge.builder("gogogoapi.funding.chain." + name, value)
                .description(description)
                .tag("chain", chain)
                .register(meters);
    }
}
