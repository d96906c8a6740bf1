package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How often an account's clients left before any content of an answer. That is free, since they got nothing; but a long
 * prompt that is sent and left again and again costs its upstream, and warms a cache that makes the next one cheap. So it is
 * free so many times in an hour, and then the prompt is charged. Each instance counts its own, in bounded memory.
 */
@Component
class EarlyLeavings {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MAX_FREE = 10_000;

    /** Those not heard of for longest are forgotten, which is in their favour. */
    private static final int MAX_ACCOUNTS = 10_000;

    private final int free;
    private final Clock clock;
    private final SequencedMap<AccountId, Deque<Instant>> leavings = new LinkedHashMap<>();

    /** @param free so many in an hour for each account, 0 to 10,000 */
    EarlyLeavings(@Value("${gogogoapi.proxy.free-early-leavings-per-hour:20}") int free, Clock clock) {
        if (free < 0 || free > MAX_FREE) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.free-early-leavings-per-hour must be from 0 to " + MAX_FREE + ".");
        }
        this.free = free;
        this.clock = clock;
    }

    /** One more. @return whether it is free */
    synchronized boolean isFree(AccountId account) {
        var now = clock.instant();
        var recent = leavings.remove(account);
        if (recent == null) {
            recent = new ArrayDeque<>();
            if (leavings.size() == MAX_ACCOUNTS) {
                leavings.pollFirstEntry();
            }
        }
        leavings.put(account, recent);
        while (!recent.isEmpty() && recent.getFirst().plus(WINDOW).isBefore(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= free) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
