package com.gogogoapi.usage.mail;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts are sent by mail ({@code gogogoapi.usage.mail.*}); by which server, {@code spring.mail.*} says. Without one no
 * mail is sent or kept.
 *
 * @param from the sender
 * @param retryAfter how long after each failed attempt there is another; after the last it is given up
 */
@ConfigurationProperties("gogogoapi.usage.mail")
record MailProperties(
        @DefaultValue("gogogoapi <no-reply@localhost>") String from,
        @DefaultValue({"1m", "5m", "30m", "2h", "6h"}) List<Duration> retryAfter) {}
