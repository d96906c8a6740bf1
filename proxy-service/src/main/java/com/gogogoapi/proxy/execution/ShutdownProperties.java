package com.gogogoapi.proxy.execution;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this service stops ({@code gogogoapi.proxy.shutdown.*}).
 *
 * @param finishWithin how long requests that run may take to finish; what runs then is cut off
 */
@ConfigurationProperties("gogogoapi.proxy.shutdown")
record ShutdownProperties(@DefaultValue("10m") Duration finishWithin) {

    ShutdownProperties {
        if (finishWithin.isNegative()) {
            throw new IllegalArgumentException("gogogoapi.proxy.shutdown.finish-within must not be negative.");
        }
    }
}
