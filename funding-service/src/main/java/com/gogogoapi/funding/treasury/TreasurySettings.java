package com.gogogoapi.funding.treasury;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the treasury needs of {@code gogogoapi.funding.*}.
 *
 * @param reconcileEvery how often what lies at the addresses is held against what each contract says
 * @param chains each under the name of its settings
 */
@ConfigurationProperties("gogogoapi.funding")
record TreasurySettings(
        @DefaultValue("1h") Duration reconcileEvery,
        @DefaultValue Map<String, OfChain> chains) {

    /** @param treasury the operator's own address, to which what lies at the accounts' addresses is to be sent */
    record OfChain(@Nullable String treasury) {}

    TreasurySettings {
        if (!reconcileEvery.isPositive()) {
            throw new IllegalArgumentException("gogogoapi.funding.reconcile-every must be above zero.");
        }
    }
}
