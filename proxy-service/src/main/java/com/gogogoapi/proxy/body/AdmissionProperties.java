package com.gogogoapi.proxy.body;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is let in at once, by each instance ({@code gogogoapi.proxy.admission.*}).
 *
 * @param bytesInFlight bodies in memory; 0 for an eighth of the heap
 * @param bytesInFlightPerAccount those of one account; 0 for half of that
 * @param requestsInFlightPerAccount requests of one account that are not answered yet
 * @param requestsInFlightPerKey the same of one key, where it has no limit of its own
 * @param patience how long a body waits for room before it is refused
 */
@ConfigurationProperties("gogogoapi.proxy.admission")
record AdmissionProperties(
        @DefaultValue("0") long bytesInFlight,
        @DefaultValue("0") long bytesInFlightPerAccount,
        @DefaultValue("1000") int requestsInFlightPerAccount,
        @DefaultValue("1000") int requestsInFlightPerKey,
        @DefaultValue("5s") Duration patience) {

    private static final int HEAP_SHARE = 8;

    AdmissionProperties {
        require(bytesInFlight >= 0, "bytes-in-flight must be 0 or more.");
        require(bytesInFlightPerAccount >= 0, "bytes-in-flight-per-account must be 0 or more.");
        require(requestsInFlightPerAccount >= 1, "requests-in-flight-per-account must be 1 or more.");
        require(requestsInFlightPerKey >= 1, "requests-in-flight-per-key must be 1 or more.");
        require(!patience.isNegative(), "patience must not be negative.");
    }

    private static void require(boolean met, String what) {
        if (!met) {
            throw new IllegalArgumentException("gogogoapi.proxy.admission." + what);
        }
    }

    /** Whatever is set, there is room for two of the largest. */
    long allBytes(long maxBodyBytes) {
        var wanted = bytesInFlight > 0 ? bytesInFlight : Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return Math.max(wanted, 2 * maxBodyBytes);
    }

    /** The same of one account, which can always send one of the largest, and let it grow as it comes. */
    long accountsBytes(long maxBodyBytes) {
        var wanted = bytesInFlightPerAccount > 0 ? bytesInFlightPerAccount : allBytes(maxBodyBytes) / 2;
        return Math.max(wanted, 2 * maxBodyBytes);
    }
}
