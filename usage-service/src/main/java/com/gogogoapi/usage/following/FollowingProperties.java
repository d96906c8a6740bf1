package com.gogogoapi.usage.following;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger's events are followed ({@code gogogoapi.usage.following.*}).
 *
 * @param missingAfter how long others may wait for an event before it is called missing: one that was only overtaken is there
 *     long before
 */
@ConfigurationProperties("gogogoapi.usage.following")
record FollowingProperties(@DefaultValue("30s") Duration missingAfter) {}
