package com.gogogoapi.usage.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are told as they come ({@code gogogoapi.usage.live.*}), by each instance.
 *
 * @param streams how many may be open at once
 * @param streamsPerAccount how many of one account
 * @param recentEvents how many of each shard are kept for those who come back
 * @param heartbeat how often a stream says something, though nothing happens
 */
@ConfigurationProperties("gogogoapi.usage.live")
record LiveProperties(
        @DefaultValue("1000") int streams,
        @DefaultValue("20") int streamsPerAccount,
        @DefaultValue("1024") int recentEvents,
        @DefaultValue("4s") Duration heartbeat) {

    /** @throws IllegalArgumentException if one of them is less than one, or the heartbeat is not from 100 milliseconds to 5 seconds */
    LiveProperties {
        if (streams < 1 || streamsPerAccount < 1 || recentEvents < 1) {
            throw new IllegalArgumentException(
                    "gogogoapi.usage.live.streams, .streams-per-account and .recent-events must be at least 1.");
        }
        if (heartbeat.toMillis() < 100 || heartbeat.toSeconds() > 5) {
            throw new IllegalArgumentException("gogogoapi.usage.live.heartbeat must be from 100ms to 5s.");
        }
    }
}
