package com.gogogoapi.proxy.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How streams of events are passed on ({@code gogogoapi.proxy.events.*}).
 *
 * @param callerLookedAtEvery how often it is looked whether who follows still may: a key that is revoked and a session that is ended
 *     follow for no longer than twice that
 */
@ConfigurationProperties("gogogoapi.proxy.events")
record EventsProperties(@DefaultValue("5s") Duration callerLookedAtEvery) {

    /** What clients are promised. */
    static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException if it is not from 100 milliseconds to half of what is promised */
    EventsProperties {
        if (callerLookedAtEvery.toMillis() < 100
                || callerLookedAtEvery.multipliedBy(2).compareTo(ENDS_WITHIN) > 0) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.events.caller-looked-at-every must be from 100ms to 5s.");
        }
    }
}
