package com.gogogoapi.usage.live;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.api.Readings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The streams of events as they come. Every instance reads all shards, whoever else does, so that any of them serves any
 * account; what an instance has not read, one that comes from another is told to ask anew for.
 */
@Component
class LiveEvents {

    private static final int TOO_MANY = 429;

    private final LiveFollower follower;
    private final Readings readings;
    private final LiveProperties properties;
    private final Set<LiveStream> open = new HashSet<>();
    private final Map<AccountId, Integer> openOfAccount = new HashMap<>();
    private boolean isStopping;

    LiveEvents(LiveFollower follower, Readings readings, LiveProperties properties, MeterRegistry meters) {
        this.follower = follower;
        this.readings = readings;
        this.properties = properties;
        Gauge.builder("gogogoapi.usage.live.streams", open, Set::size)
                .description("Streams of events that are open")
                .register(meters);
    }

    /**
     * A stream of what happens in an account, to be closed in any case.
     *
     * @param after the last event that its reader knows; null for none
     * @throws ApiError 429 for one too many of the account, 503 for one too many in all, and if events cannot be told now
     */
    LiveStream open(Asker asker, @Nullable Long after) {
        var asOf = readings.of(asker.account(), now -> now);
        var stream = new LiveStream(asker, asOf.shard());
        count(stream);
        if (!follower.shard(stream.shard()).open(stream, asOf.sequence(), after)) {
            close(stream);
            throw ApiError.unavailable("events_unavailable", "Events cannot be told at the moment; try again.")
                    .withHeader("Retry-After", "1");
        }
        return stream;
    }

    private synchronized void count(LiveStream stream) {
        var ofAccount = openOfAccount.getOrDefault(stream.asker().account(), 0);
        if (isStopping || open.size() >= properties.streams()) {
            throw ApiError.unavailable("events_unavailable", "No more streams can be opened at the moment; try again.")
                    .withHeader("Retry-After", "5");
        }
        if (ofAccount >= properties.streamsPerAccount()) {
            throw ApiError.other(
                            TOO_MANY,
                            "rate_limit_error",
                            "too_many_streams",
                            "An account must have at most " + properties.streamsPerAccount()
                                    + " streams of events open at once.")
                    .withHeader("Retry-After", "5");
        }
        open.add(stream);
        openOfAccount.merge(stream.asker().account(), 1, Integer::sum);
    }

    void close(LiveStream stream) {
        follower.shard(stream.shard()).close(stream);
        synchronized (this) {
            if (open.remove(stream)) {
                openOfAccount.computeIfPresent(
                        stream.asker().account(), (account, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Before the web server waits for what runs. */
    @EventListener(ContextClosedEvent.class)
    synchronized void stop() {
        isStopping = true;
        open.forEach(LiveStream::end);
    }
}
