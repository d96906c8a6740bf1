package com.gogogoapi.usage.alerts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of alerts ({@code gogogoapi.usage.alerts.*}).
 *
 * @param keepFor for so long they can be replayed
 */
@ConfigurationProperties("gogogoapi.usage.alerts")
record AlertProperties(@DefaultValue("365d") Duration keepFor) {

    /** Longer than the last attempt to deliver takes. */
    private static final Duration LEAST = Duration.ofDays(7);

    /** @throws IllegalArgumentException if it is less than a week */
    AlertProperties {
        if (keepFor.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("gogogoapi.usage.alerts.keep-for must be at least 7d.");
        }
    }
}
