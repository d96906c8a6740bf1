package com.gogogoapi.proxy.rates;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast may be asked what costs nothing, of each instance ({@code gogogoapi.proxy.rates.*}).
 *
 * @param quotesPerSecond by one key
 * @param readsPerSecond of all other routes that call no model, by one key
 * @param publicReadsPerSecond of what needs no key, by one address that sends none; of IPv6 by its network of 64 bits
 */
@ConfigurationProperties("gogogoapi.proxy.rates")
record CallRateProperties(
        @DefaultValue("300") int quotesPerSecond,
        @DefaultValue("300") int readsPerSecond,
        @DefaultValue("100") int publicReadsPerSecond) {

    private static final int MAX_PER_SECOND = 1_000_000;

    CallRateProperties {
        require(quotesPerSecond, "quotes-per-second");
        require(readsPerSecond, "reads-per-second");
        require(publicReadsPerSecond, "public-reads-per-second");
    }

    private static void require(int perSecond, String name) {
        if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.rates." + name + " must be from 1 to " + MAX_PER_SECOND + ".");
        }
    }
}
