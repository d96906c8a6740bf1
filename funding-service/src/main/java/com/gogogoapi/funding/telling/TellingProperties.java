package com.gogogoapi.funding.telling;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts are told of their deposits ({@code gogogoapi.funding.telling.*}).
 *
 * @param usageUrl of the usage-service, which tells them; without it nobody is told
 * @param newsFor what could not be passed on for so long is not told any more
 */
@ConfigurationProperties("gogogoapi.funding.telling")
record TellingProperties(
        @Nullable URI usageUrl, @DefaultValue("7d") Duration newsFor) {

    TellingProperties {
        if (!newsFor.isPositive()) {
            throw new IllegalArgumentException("gogogoapi.funding.telling.news-for must be above zero.");
        }
    }
}
