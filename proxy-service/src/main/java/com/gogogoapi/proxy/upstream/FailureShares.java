package com.gogogoapi.proxy.upstream;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of a model's failures one account may contribute: a handful in any short time. More of them say something of the
 * account's requests rather than of the upstream. Bounded: of more accounts than {@link #MAX_ACCOUNTS} the one whose last
 * failure is the oldest is forgotten.
 */
final class FailureShares {

    /** Well below the failures that open a breaker. */
    static final int SHARE = 5;

    private static final long WITHIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MAX_ACCOUNTS = 10_000;

    private record Of(String model, AccountId account) {}

    /** @param sinceNanos when the first of these failures was */
    private record Recent(long sinceNanos, int failures) {}

    private final Map<Of, Recent> recent = new LinkedHashMap<>();

    /** Whether one more failure of this account is to be counted against the upstream. */
    synchronized boolean takes(String model, AccountId account, long nowNanos) {
        var of = new Of(model, account);
        var before = recent.remove(of);
        var begins = before == null || nowNanos - before.sinceNanos() > WITHIN_NANOS;
        var now = begins ? new Recent(nowNanos, 1) : new Recent(before.sinceNanos(), before.failures() + 1);
        recent.put(of, now);
        if (recent.size() > MAX_ACCOUNTS) {
            recent.remove(recent.keySet().iterator().next());
        }
        return now.failures() <= SHARE;
    }
}
