package com.gogogoapi.usage.following;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * What is wrong with the shards that this instance reads: one that was stopped is read no further until somebody rebuilds,
 * since whatever is shown of it then is true as of where it stopped; whoever reads it after a restart stops at the same place.
 * One that waits for a missing event goes on by itself when it comes.
 */
@Component("ledgerEvents")
class Shards implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(Shards.class);

    private record Waiting(Instant since, String what) {}

    private final Map<Integer, String> stopped = new ConcurrentSkipListMap<>();
    private final Map<Integer, Waiting> waiting = new ConcurrentHashMap<>();
    private final FollowingProperties properties;
    private final Clock clock;

    Shards(MeterRegistry meters, FollowingProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        Gauge.builder("gogogoapi.usage.shards.stopped", stopped, Map::size)
                .description("Shards whose events are read no further, since one is missing or cannot be")
                .register(meters);
    }

    void stop(int shard, String reason) {
        log.error(
                "shard {} is read no further: {}. Run ./gogogo audit verify, then have everything read anew",
                shard,
                reason);
        stopped.put(shard, reason);
        waiting.remove(shard);
    }

    boolean isStopped(int shard) {
        return stopped.containsKey(shard);
    }

    /** It is read by somebody else now, or anew. */
    void letGo(int shard) {
        stopped.remove(shard);
        waiting.remove(shard);
    }

    void report(int shard, Follower follower) {
        var since = follower.heldBackSince();
        if (since == null) {
            waiting.remove(shard);
        } else {
            waiting.put(shard, new Waiting(since, follower.waiting()));
        }
    }

    @Override
    public Health health() {
        var missing = new TreeMap<Integer, String>();
        var before = clock.instant().minus(properties.missingAfter());
        waiting.forEach((shard, what) -> {
            if (what.since().isBefore(before)) {
                missing.put(shard, what.what());
            }
        });
        var health = stopped.isEmpty() && missing.isEmpty() ? Health.up() : Health.down();
        if (!stopped.isEmpty()) {
            health.withDetail("stopped", stopped);
        }
        return (missing.isEmpty() ? health : health.withDetail("missing", missing)).build();
    }
}
