package com.gogogoapi.usage.webhooks;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are sent ({@code gogogoapi.usage.webhooks.*}).
 *
 * @param allowPrivate whether they may go to addresses that are not public, and without TLS: for installations whose customers
 *     are inside
 * @param timeout for connecting, and again for the answer
 * @param retryAfter how long after each failed attempt there is another; after the last the endpoint is switched off
 * @param maxEndpoints of one account
 */
@ConfigurationProperties("gogogoapi.usage.webhooks")
record WebhookProperties(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("10s") Duration timeout,

        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retryAfter,

        @DefaultValue("10") int maxEndpoints) {}
