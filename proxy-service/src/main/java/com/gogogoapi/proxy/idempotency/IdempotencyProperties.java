package com.gogogoapi.proxy.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How idempotency keys are kept ({@code gogogoapi.proxy.idempotency.*}).
 *
 * @param keepFor how long a key stands for its request, 1 s to 7 days. It is part of the requests' ids in the ledger: another
 *     one makes the ledger's own protection begin anew
 * @param maxAnswerBytes the largest answer that is kept
 * @param maxBytesPerAccount how much an account's kept answers take together, compressed
 * @param maxKeysPerAccount how many keys an account can have in use
 * @param lease how long whoever runs a request may be silent before it is taken for dead, 3 s to 10 min
 */
@ConfigurationProperties("gogogoapi.proxy.idempotency")
public record IdempotencyProperties(
        @DefaultValue("24h") Duration keepFor,
        @DefaultValue("4194304") int maxAnswerBytes,
        @DefaultValue("268435456") long maxBytesPerAccount,
        @DefaultValue("100000") int maxKeysPerAccount,
        @DefaultValue("15s") Duration lease) {

    private static final Duration LEAST_KEPT = Duration.ofSeconds(1);
    private static final Duration MOST_KEPT = Duration.ofDays(7);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);

    public IdempotencyProperties {
        require(isWithin(keepFor, LEAST_KEPT, MOST_KEPT), "keep-for must be from 1s to 7d.");
        require(isWithin(lease, SHORTEST_LEASE, LONGEST_LEASE), "lease must be from 3s to 10m.");
        require(maxAnswerBytes >= 0, "max-answer-bytes must not be negative.");
        require(maxBytesPerAccount >= 0, "max-bytes-per-account must not be negative.");
        require(maxKeysPerAccount > 0, "max-keys-per-account must be positive.");
    }

    private static boolean isWithin(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean met, String must) {
        if (!met) {
            throw new IllegalArgumentException("gogogoapi.proxy.idempotency." + must);
        }
    }
}
